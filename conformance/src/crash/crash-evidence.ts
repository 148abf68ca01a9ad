import { isFields, type JsonFields } from '../scenario/json.ts';
import type { Transcript } from '../transcript/entry.ts';

/** What a try must find in the log at its end. */
export interface Promised {
  /** The text that the agent wrote, whole. */
  readonly text: string;
  /** The ids of the messages that a person sent; each was repeated until it had its ack. */
  readonly messageIds: readonly string[];
}

const eventsOn = (transcript: Transcript, connection: string): JsonFields[] =>
  transcript.flatMap((entry) =>
    entry.kind === 'frame' && entry.direction === 'to-client' && entry.connection === connection && Number.isInteger(entry.frame['seq']) ? [entry.frame] : [],
  );

const textOf = (event: JsonFields): string => JSON.stringify(event, Object.keys(event).sort());

/**
 * Says in sentences what contradicts the promise of durability: nothing that was delivered or acknowledged is lost, changed or doubled.
 *
 * `reader` is the connection that read the log from its beginning after the run had ended.
 */
export function contradictions(transcript: Transcript, reader: string, promised: Promised): string[] {
  const log = eventsOn(transcript, reader);
  const bySeq = new Map(log.map((event) => [event['seq'], event]));
  const found: string[] = log.flatMap((event, index) => (event['seq'] === index + 1 ? [] : [`the log has ${String(event['seq'])} in place ${index + 1}`])).slice(0, 1);

  const connections = new Set(transcript.map((entry) => entry.connection));
  for (const connection of connections) {
    const events = eventsOn(transcript, connection);
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      if (before !== undefined && Number(event['seq']) !== Number(before['seq']) + 1) found.push(`${connection} got ${String(event['seq'])} after ${String(before['seq'])}`);
      const stored = bySeq.get(event['seq'] ?? null);
      if (stored === undefined) found.push(`${connection} was given event ${String(event['seq'])}, and the log has none`);
      else if (textOf(stored) !== textOf(event)) found.push(`${connection} was given ${textOf(event)}, and the log has ${textOf(stored)}`);
    }
  }

  for (const entry of transcript) {
    if (entry.kind !== 'frame' || entry.frame['type'] !== 'ack' || entry.frame['status'] !== 'accepted') continue;
    const position = entry.frame['position'];
    if (isFields(position) && !bySeq.has(position['seq'] ?? null)) found.push(`an ack told of ${String(position['seq'])}, and the log ends at ${log.length}`);
  }

  const written = log.flatMap((event) => (event['type'] === 'part.delta' && typeof event['delta'] === 'string' ? [event['delta']] : [])).join('');
  if (written !== promised.text) found.push(`the agent wrote ${promised.text.length} characters, the log has ${written.length}${firstDifference(promised.text, written)}`);
  for (const messageId of promised.messageIds) {
    const count = log.filter((event) => event['type'] === 'message.created' && event['messageId'] === messageId).length;
    if (count !== 1) found.push(`message ${messageId} was acknowledged, and stands ${count} times in the log`);
  }
  return found;
}

function firstDifference(expected: string, actual: string): string {
  const index = [...expected].findIndex((character, at) => [...actual][at] !== character);
  return index === -1 ? '' : `, and they part at character ${index}`;
}
