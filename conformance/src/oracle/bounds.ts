import { integerField, isFields } from '../scenario/json.ts';
import { connectionsOf, finding, isControl, welcomeOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import type { Finding } from '../verdict/check.ts';

/** Lists of participants come a second apart; half of it is left for a network that shortens the gap. */
const presenceGapMs = 500;

/** No frame is longer than the limit and its allowance, and lists of participants do not come too often. */
export const bounds: Oracle = {
  name: 'bounds',
  cites: ['LIMIT-7', 'PRESENCE-5'],
  judge: (transcript, { target }) => connectionsOf(transcript).flatMap((view) => judgeConnection(view, 1024 + (frameLimitOf(view) ?? target.limits.maxFrameBytes))),
};

/** LIMIT-13: the limit that its welcome told holds for a connection. */
function frameLimitOf(view: ConnectionView): number | undefined {
  const limits = welcomeOf(view)?.frame['limits'];
  return isFields(limits) ? integerField(limits, 'maxFrameBytes') : undefined;
}

function judgeConnection(view: ConnectionView, longest: number): Finding[] {
  const long = view.received.find(({ text }) => Buffer.byteLength(text) > longest);
  const lists = view.received.filter((entry) => isControl(entry, 'presence'));
  // Who stops reading, or reads slowly, finds two lists in one moment that came a second apart.
  const isHeldUp = view.entries.some((entry) => entry.kind === 'note' && entry.text === 'stops reading');
  const early = isHeldUp ? undefined : lists.find((entry, index) => index > 0 && entry.at - (lists[index - 1]?.at ?? 0) < presenceGapMs);
  return [
    ...(view.received.length === 0 ? [] : [finding(['LIMIT-7'], long === undefined, [long ?? view.received[0]], `frames of at most ${longest} bytes`, long === undefined ? undefined : `${Buffer.byteLength(long.text)}`)]),
    ...(lists.length < 2 || isHeldUp ? [] : [finding(['PRESENCE-5'], early === undefined, [early ?? lists[1]], 'at most one presence within a second', 'two')]),
  ];
}
