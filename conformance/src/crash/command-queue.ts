import { participantOf, type Stage } from '../run/stage.ts';
import type { JsonFields } from '../scenario/json.ts';
import { awaitAnswer, outgoing, prepare, repeated } from '../step/command.ts';
import type { SentCommand } from '../run/participant.ts';

/** A command that is repeated, with the same bytes, until its ack has been seen. */
export interface QueuedCommand {
  readonly sender: string;
  readonly command: JsonFields;
  sent?: SentCommand;
  answered: boolean;
}

/** Sends a command, or the very bytes of its first sending again. */
export async function fire(stage: Stage, queued: QueuedCommand): Promise<SentCommand> {
  const sender = participantOf(stage, queued.sender);
  const again = queued.sent;
  const prepared = prepare(stage, again === undefined ? outgoing(stage, sender, queued.command, {}) : repeated(stage, sender, again, {}));
  await prepared.ready;
  const sent = prepared.fire();
  queued.sent = sent;
  return sent;
}

/** Waits for the ack of a command that has been sent; false if its connection ended first. Throws if it was rejected. */
export async function settleAnswer(stage: Stage, queued: QueuedCommand): Promise<boolean> {
  if (queued.sent === undefined) return false;
  const answer = await awaitAnswer(stage, participantOf(stage, queued.sender), queued.sent);
  if (answer?.kind !== 'frame' || answer.frame['type'] !== 'ack') return false;
  if (answer.frame['status'] === 'rejected') throw new Error(`${String(queued.command['type'])} was rejected: ${JSON.stringify(answer.frame['error'])}`);
  queued.answered = true;
  return true;
}
