import { isFields, type Json, type JsonFields } from '../scenario/json.ts';

/** What one client, or all of them, show of a run that they were cut off from. */
export interface Tally {
  /** Frames whose text a client does not show. */
  readonly gaps: number;
  /** Frames whose text a client shows once too often. */
  readonly duplicates: number;
  /** Clients that show every frame once, and not in order. */
  readonly disordered: number;
  /** Commands that were not told as accepted, or that have no effect. */
  readonly lost: number;
  /** Commands that took effect more than once. */
  readonly doubled: number;
}

/** Nothing wrong. */
export const noFault: Tally = { gaps: 0, duplicates: 0, disordered: 0, lost: 0, doubled: 0 };

/** The text of frame number `index`, which stands in no other frame. */
export const wordOf = (index: number): string => `<${index}>`;

/** Whose turn it is to grow: deltas of two parts by turns, so that no server joins two into one frame. */
export const partOf = (index: number): string => `p${index % 2}`;

/** The text that whoever has every frame once shows: the parts, one behind the other. */
export const wholeText = (frames: number): string => [0, 1].flatMap((part) => Array.from({ length: frames }, (_, index) => index).filter((index) => index % 2 === part)).map(wordOf).join('');

const messagesOf = (view: JsonFields): JsonFields[] => {
  const messages: Json | undefined = view['messages'];
  return Array.isArray(messages) ? messages.filter(isFields) : [];
};

/** How often a message stands in a view. */
export const timesOf = (view: JsonFields, messageId: string): number => messagesOf(view).filter((message) => message['messageId'] === messageId).length;

/** Counts what a client shows of the message `answer` against the whole run. */
export function tallyText(view: JsonFields, answer: string, frames: number): Tally {
  const text = messagesOf(view).filter((message) => message['messageId'] === answer).map((message) => String(message['text'])).join('');
  const shown = text.match(/<\d+>/g) ?? [];
  const distinct = new Set(shown).size;
  const [gaps, duplicates] = [frames - distinct, shown.length - distinct];
  return { ...noFault, gaps, duplicates, disordered: gaps === 0 && duplicates === 0 && text !== wholeText(frames) ? 1 : 0 };
}

/** Counts what became of a command by what its client was told, and by how often the log has its effect. */
export const tallyCommand = (outcome: string, times: number): Tally => ({ ...noFault, lost: outcome === 'accepted' && times > 0 ? 0 : 1, doubled: Math.max(0, times - 1) });

/** Adds tallies up. */
export const sumOf = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((sum, each) => ({
    gaps: sum.gaps + each.gaps,
    duplicates: sum.duplicates + each.duplicates,
    disordered: sum.disordered + each.disordered,
    lost: sum.lost + each.lost,
    doubled: sum.doubled + each.doubled,
  }), noFault);

/** A tally in words. */
export const renderTally = ({ gaps, duplicates, disordered, lost, doubled }: Tally): string =>
  `${gaps} gaps, ${duplicates} duplicates, ${disordered} out of order, ${lost} lost and ${doubled} doubled commands`;
