import { judgeCommand } from '../host/judge-command.ts';
import type { ArrivedCommand, EndHow } from '../host/client-connection.ts';
import { appendEvents, headOf, type DraftEvent } from '../host/scripted-log.ts';
import { isFields, type JsonFields } from '../scenario/json.ts';
import { afterFrame, afterProof } from './held-position.ts';
import { changeClient, clientOf, type Story } from './story.ts';

/** Sends a frame on the client's connection, and keeps what the client then may hold. */
export const sendTo = (story: Story, name: string, frame: JsonFields): void => {
  const { connection, held } = clientOf(story, name);
  if (connection === undefined || !connection.isOpen()) return;
  connection.send(frame);
  changeClient(story, name, { held: afterFrame(held, frame) });
};

/** Ends a client's connection; after an end in order, all that was sent is held. */
export const endConnection = (story: Story, name: string, how: EndHow, code?: number): void => {
  const { connection, held } = clientOf(story, name);
  if (connection === undefined) return;
  connection.end(how, code);
  changeClient(story, name, { endedAt: story.now(), held: how === 'rst' ? held : afterProof(held, held.ceiling) });
};

/** Sends the events after `seq` to every client that is attached. */
export const deliverAfter = (story: Story, seq: number): void => {
  for (const [name, { isSilent }] of story.clients) {
    if (isSilent) continue;
    for (const event of story.log.events.slice(seq)) sendTo(story, name, event);
  }
};

/** Appends events to the log, and returns the head before them. */
export const commitEvents = (story: Story, drafts: readonly DraftEvent[]): number => {
  const before = headOf(story.log);
  story.log = appendEvents(story.log, drafts, story.wallClock());
  story.changes.happened();
  return before;
};

/** Judges a command as an honest server, delivers its events, and returns the ack, which the caller sends or loses. */
export const commitCommand = (story: Story, { participant, command }: ArrivedCommand, deliver: boolean): JsonFields => {
  const before = headOf(story.log);
  const { role } = clientOf(story, participant);
  const { log, ack } = judgeCommand(story.log, command, { principal: participant, role: role === 'agent' ? 'agent' : 'controller' }, story.wallClock(), story.limits.leaseMs);
  story.log = log;
  story.changes.happened();
  if (deliver) deliverAfter(story, before);
  return ack;
};

/** A client may renew its token in place at any time; the host answers that by itself. */
export const isRenewal = ({ command }: ArrivedCommand): boolean => command['type'] === 'auth';

/** How often a queue that stays empty is looked at again, so that serving ends with the story. */
const idleMs = 100;

/** Judges and answers the commands that are meant, as they come, until the story is over. */
export const serveCommands = async (story: Story, isMeant: (arrived: ArrivedCommand) => boolean): Promise<void> => {
  while (!story.isOver) {
    const arrived = await story.host.commands.take(isMeant, idleMs);
    if (arrived !== undefined) arrived.answer(commitCommand(story, arrived, true));
  }
};

/** Tells every attached client that the server lives. */
export const sendHeartbeats = (story: Story): void => {
  for (const [name, { isSilent }] of story.clients) {
    if (!isSilent) sendTo(story, name, { type: 'heartbeat', head: headOf(story.log), now: story.wallClock() });
  }
};

/** Fills in what a scenario can't know: the event n of the log, and the epoch of a position. */
export const expandFrame = (story: Story, frame: JsonFields): JsonFields => {
  const { event, ...more } = frame;
  const logged = typeof event === 'number' ? story.log.events[event - 1] : undefined;
  if (typeof event === 'number' && logged === undefined) throw new Error(`${story.file.id}: the log has no event ${event} at ${story.place}`);
  const whole = logged === undefined ? frame : { ...logged, ...more };
  const { position } = whole;
  return isFields(position) && position['epoch'] === undefined ? { ...whole, position: { epoch: story.log.epoch, ...position } } : whole;
};
