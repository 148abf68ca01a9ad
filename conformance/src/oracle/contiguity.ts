import { integerField, isFields, sameJson } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import { askedOf } from './asked-position.ts';
import { connectionsOf, finding, firstSeqOf, isControl, seqOf, welcomeOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import type { Finding } from '../verdict/check.ts';

/** Where the events of a connection begin: after the position that it resumed from, or that of its snapshot. The welcome's own word counts only where nothing else tells, else a wrong one would blame events that were due. */
function startOf(view: ConnectionView, welcome: FrameEntry): number | undefined {
  const snapshot = view.received.find((entry) => isControl(entry, 'snapshot') && entry.frame['last'] === true);
  const asked = welcome.frame['resume'] === 'resumed' ? askedOf(view) : undefined;
  const position = asked?.position ?? (snapshot ?? welcome).frame['position'];
  return isFields(position) ? integerField(position, 'seq') : undefined;
}

/** Events come in order, without a hole and without a repetition, from the position on: in the replay, behind the snapshot, across its end, and live. */
export const contiguity: Oracle = {
  name: 'contiguity',
  cites: ['DELIVERY-2', 'DELIVERY-3', 'RESUME-9', 'RESUME-10', 'RESUME-12', 'SNAPSHOT-11'],
  judge: (transcript) => connectionsOf(transcript).flatMap((view) => [...judgeWelcome(view), ...judgeConnection(view)]),
};

/** The welcome says where a resumed connection goes on: where its hello said. */
function judgeWelcome(view: ConnectionView): Finding[] {
  const welcome = welcomeOf(view);
  const asked = askedOf(view);
  if (welcome?.frame['resume'] !== 'resumed' || asked === undefined) return [];
  const told = welcome.frame['position'];
  return [finding(['RESUME-9'], sameJson(told, asked.position), [welcome, asked.entry], `the position ${JSON.stringify(asked.position)} of the hello`, JSON.stringify(told), '/position')];
}

function judgeConnection(view: ConnectionView): Finding[] {
  const welcome = welcomeOf(view);
  const start = welcome === undefined ? undefined : startOf(view, welcome);
  if (start === undefined || welcome === undefined) return [];
  const head = integerField(welcome.frame, 'head') ?? 0;
  const kind = welcome.frame['resume'] === 'resumed' ? 'RESUME-10' : 'SNAPSHOT-11';
  const cited = new Set<string>();
  let last = start;
  let before = welcome;
  for (const entry of view.received) {
    const seq = seqOf(entry);
    const first = firstSeqOf(entry);
    if (seq === undefined || first === undefined) continue;
    const rule = first <= head ? kind : first === head + 1 && last === head && head > start ? 'RESUME-12' : 'DELIVERY-2';
    if (first <= last) return [finding(first <= head && last <= head ? ['DELIVERY-3', kind] : first <= head ? ['DELIVERY-3', 'RESUME-12'] : ['DELIVERY-3'], false, [entry, before], `the event ${last + 1}, each once`, `${first} again`)];
    if (first !== last + 1) {
      const spans = last <= head && first > head;
      return [finding(spans ? ['DELIVERY-2', last < head ? kind : 'RESUME-12'] : first <= head ? ['DELIVERY-2', kind] : ['DELIVERY-2'], false, [entry, before], `the event ${last + 1}`, `${first}: ${first - last - 1} missing`)];
    }
    cited.add(rule);
    cited.add('DELIVERY-2');
    cited.add('DELIVERY-3');
    last = seq;
    before = entry;
  }
  const synced = view.received.find((entry) => isControl(entry, 'synced'));
  if (synced !== undefined && last < head) return [finding([kind], false, [synced, before], `every event up to ${head} before synced`, `${last} as the last`)];
  return [...cited].map((id) => finding([id], true, [before], 'the next event, once'));
}
