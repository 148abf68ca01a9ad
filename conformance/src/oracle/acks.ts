import { isFields, sameJson, stringField, type Json, type JsonFields } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, isControl, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** Every command gets one ack, where it was sent and nowhere else; an accepted one says where its effect ends, and a repeat gets the same again. */
export const acks: Oracle = {
  name: 'acks',
  cites: ['COMMAND-31', 'COMMAND-33', 'COMMAND-34', 'COMMAND-9'],
  judge: (transcript) => {
    const views = connectionsOf(transcript);
    return [...views.flatMap(judgeConnection), ...judgeStability(views)];
  },
};

const acksOf = (view: ConnectionView): FrameEntry[] => view.received.filter((entry) => isControl(entry, 'ack'));

const silentTypes = new Set(['run.renew', 'presence.set']);

function judgeConnection(view: ConnectionView): Finding[] {
  const sentIds = Map.groupBy(view.sent.filter(({ frame }) => frame['type'] !== 'hello' || view.wire === 'http'), ({ frame }) => String(frame['id']));
  const gotIds = Map.groupBy(acksOf(view), ({ frame }) => String(frame['id']));
  const found: Finding[] = [];
  // What stands in bytes below messages is the scenario's to judge.
  const sentBytes = view.entries.some((entry) => entry.kind === 'broken' && entry.direction === 'to-server' && entry.reason.startsWith('bytes'));
  for (const [id, answers] of gotIds) {
    const commands = sentIds.get(id) ?? [];
    const first = answers[0];
    if (commands.length === 0 && sentBytes) continue;
    if (commands.length === 0) found.push(finding(['COMMAND-31'], false, [first], 'acks of what this connection sent', `an ack of ${id}`));
    else found.push(finding(['COMMAND-31'], answers.length <= commands.length, [answers[commands.length] ?? first, commands[0]], `${commands.length} ack of ${id}`, `${answers.length}`));
    for (const answer of answers) found.push(...judgePosition(answer, commands[0]));
  }
  const vain = view.entries.filter((entry) => entry.kind === 'note' && entry.text === 'waited in vain' && isFields(entry.data) && entry.data['for'] === 'ack');
  for (const note of vain) if (view.end === undefined || view.end.by === 'runner') found.push({ ...finding(['COMMAND-31'], false, [note], 'an ack', 'none while the connection stood'), isVain: true });
  return found;
}

function judgePosition(answer: FrameEntry, command: FrameEntry | undefined): Finding[] {
  const { frame } = answer;
  const type = command === undefined ? undefined : stringField(command.frame, 'type');
  if (type === undefined || type === 'auth') return [];
  // A request.claim of the holder renews, and appends nothing; which of the two it was, the ack alone does not say.
  if (frame['status'] === 'accepted' && type !== 'request.claim') {
    const appends = !silentTypes.has(type);
    return [finding([appends ? 'COMMAND-33' : 'COMMAND-34'], appends === isFields(frame['position']), [answer], appends ? 'the position of the last event' : 'no position', JSON.stringify(frame['position'] ?? null), '/position')];
  }
  // A repeat of an append may be answered under another id, but never noop with a position.
  return frame['status'] === 'accepted' ? [] : [finding(['COMMAND-34'], frame['position'] === undefined, [answer], 'no position', JSON.stringify(frame['position'] ?? null), '/position')];
}

const epochIn = ({ position }: JsonFields): Json => (isFields(position) ? (position['epoch'] ?? null) : null);

function judgeStability(views: readonly ConnectionView[]): Finding[] {
  const stored = new Map<string, { readonly entry: FrameEntry; readonly content: JsonFields }>();
  const found: Finding[] = [];
  const unrecorded = new Set(['run.renew', 'presence.set', 'auth', 'events.append']);
  for (const view of views) {
    for (const entry of acksOf(view)) {
      const sent = views.flatMap((each) => each.sent).find(({ frame }) => frame['id'] === entry.frame['id']);
      if (entry.frame['status'] !== 'accepted' || unrecorded.has(String(sent?.frame['type']))) continue;
      const key = `${view.session} ${view.credential} ${String(entry.frame['id'])}`;
      const { type: _type, ...content } = entry.frame;
      const earlier = stored.get(key);
      // EPOCH-7: what a lost tail took may be accepted again, and then ends in another epoch.
      if (earlier === undefined || !sameJson(epochIn(earlier.content), epochIn(content))) stored.set(key, { entry, content });
      else found.push(finding(['COMMAND-9'], sameJson(earlier.content, content), [entry, earlier.entry], `the stored ack ${earlier.entry.text}`, entry.text));
    }
  }
  return found;
}
