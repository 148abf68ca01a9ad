import { integerField, isFields, sameJson } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, isControl, seqOf, welcomeOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** What a connection carries stands in the order of the page on connections: welcome, replay or snapshot, synced, live. */
export const attachOrder: Oracle = {
  name: 'attach-order',
  cites: ['ATTACH-2', 'ATTACH-3', 'ATTACH-10', 'ATTACH-13', 'ATTACH-14', 'RESUME-11', 'SNAPSHOT-1', 'SNAPSHOT-2', 'SNAPSHOT-3', 'SNAPSHOT-4', 'SNAPSHOT-6', 'SNAPSHOT-13'],
  judge: (transcript) => {
    const views = connectionsOf(transcript).filter(({ wire }) => wire !== 'http');
    return [...views.flatMap(judgeConnection), ...judgeNames(views)];
  },
};

function judgeConnection(view: ConnectionView): Finding[] {
  const welcomes = view.received.filter((entry) => isControl(entry, 'welcome'));
  const [welcome] = welcomes;
  const unanswered = view.entries.find((entry) => entry.kind === 'note' && entry.text === 'waited in vain' && isFields(entry.data) && entry.data['for'] === 'welcome');
  if (unanswered !== undefined) return [{ ...finding(['ATTACH-2'], false, [unanswered], 'one welcome, or a refusal', 'neither'), isVain: true }];
  const early = view.received.find((entry) => entry !== welcome && (welcome === undefined || entry.line < welcome.line) && !isControl(entry, 'bye'));
  const found: Finding[] = [];
  if (early !== undefined) found.push(finding(['ATTACH-3'], false, [early, welcome], 'welcome as the first frame', early.text.slice(0, 120)));
  if (welcome === undefined) return found;
  found.push(finding(['ATTACH-2'], welcomes.length === 1, [welcomes[1] ?? welcome], 'exactly one welcome', `${welcomes.length}`));
  if (early === undefined) found.push(finding(['ATTACH-3'], true, [welcome], 'welcome as the first frame'));
  return [...found, ...judgeSynced(view, welcome), ...judgeSnapshot(view, welcome), ...judgeBetween(view, welcome)];
}

function judgeSynced(view: ConnectionView, welcome: FrameEntry): Finding[] {
  const synced = view.received.filter((entry) => isControl(entry, 'synced'));
  const presence = view.received.find((entry) => isControl(entry, 'presence'));
  const found: Finding[] = [];
  const [first] = synced;
  if (first !== undefined) {
    const position = welcome.frame['position'];
    const expected = { epoch: isFields(position) ? (position['epoch'] ?? '') : '', seq: integerField(welcome.frame, 'head') ?? 0 };
    found.push(finding(['ATTACH-13'], synced.length === 1 && sameJson(first.frame['position'], expected), [synced[1] ?? first, welcome], `one synced with the position ${JSON.stringify(expected)}`, synced[1] === undefined ? first.text : 'a second one'));
  }
  if (presence !== undefined) found.push(finding(['ATTACH-14'], first !== undefined && first.line < presence.line, [presence], 'presence after synced', 'presence before it'));
  return found;
}

function judgeSnapshot(view: ConnectionView, welcome: FrameEntry): Finding[] {
  const frames = view.received.filter((entry) => isControl(entry, 'snapshot'));
  if (welcome.frame['resume'] === 'resumed') return [finding(['RESUME-11'], frames.length === 0, [frames[0] ?? welcome], 'no snapshot after resumed', 'a snapshot')];
  const synced = view.received.find((entry) => isControl(entry, 'synced'));
  if (synced === undefined) return [];
  const position = welcome.frame['position'];
  const head = integerField(welcome.frame, 'head') ?? 0;
  const atSeq = isFields(position) ? (integerField(position, 'seq') ?? 0) : 0;
  const seqs = frames.flatMap(({ frame }) => (Array.isArray(frame['events']) ? frame['events'].filter(isFields).map((event) => integerField(event, 'seq') ?? 0) : []));
  const unordered = seqs.findIndex((seq, index) => index > 0 && seq <= (seqs[index - 1] ?? 0));
  const lasts = frames.map(({ frame }) => frame['last']);
  return [
    finding(['SNAPSHOT-1'], frames.length > 0, [frames[0] ?? synced], 'one or more snapshot frames', 'none'),
    finding(['SNAPSHOT-2'], lasts.every((last, index) => last === (index === lasts.length - 1)), frames, 'last: true in the last frame only', JSON.stringify(lasts)),
    finding(['SNAPSHOT-3'], frames.every(({ frame }) => sameJson(frame['position'], position)), frames, `the position ${JSON.stringify(position)} in every frame`),
    finding(['SNAPSHOT-4'], atSeq <= head, [welcome], `a position of at most ${head}`, `${atSeq}`),
    finding(['SNAPSHOT-6'], unordered === -1 && (seqs.at(-1) ?? 0) <= atSeq, frames, `ascending seq up to ${atSeq}`, JSON.stringify(seqs.slice(Math.max(0, unordered - 2), unordered + 2))),
  ];
}

/** Nothing but ack, heartbeat and bye stands between the frames of a replay or a snapshot. */
function judgeBetween(view: ConnectionView, welcome: FrameEntry): Finding[] {
  const synced = view.received.find((entry) => isControl(entry, 'synced'));
  if (synced === undefined) return [];
  const between = view.received.filter(({ line }) => line > welcome.line && line < synced.line);
  const allowed = new Set(['ack', 'heartbeat', 'bye']);
  const lastSnapshot = between.findLast((entry) => isControl(entry, 'snapshot'));
  const stranger = between.find((entry) => seqOf(entry) === undefined && !isControl(entry, 'snapshot') && !allowed.has(String(entry.frame['type'])));
  const mixed = lastSnapshot === undefined ? undefined : between.find((entry) => seqOf(entry) !== undefined && entry.line < lastSnapshot.line);
  const wrong = stranger ?? mixed;
  const rule = welcome.frame['resume'] === 'resumed' || (lastSnapshot !== undefined && wrong !== undefined && wrong.line > lastSnapshot.line) ? 'RESUME-11' : 'SNAPSHOT-13';
  if (wrong === undefined && between.length === 0) return [];
  return [finding([rule], wrong === undefined, [wrong ?? synced], 'only ack, heartbeat and bye between', wrong?.text.slice(0, 120))];
}

function judgeNames(views: readonly ConnectionView[]): Finding[] {
  const names = views.flatMap((view) => {
    const welcome = welcomeOf(view);
    return welcome === undefined ? [] : [{ welcome, name: `${view.session} ${String(welcome.frame['connection'])}` }];
  });
  const seen = new Set<string>();
  const again = names.find(({ name }) => seen.size === seen.add(name).size);
  return names.length < 2 ? [] : [finding(['ATTACH-10'], again === undefined, [again?.welcome], 'a connection id that no other connection has had', again?.name)];
}
