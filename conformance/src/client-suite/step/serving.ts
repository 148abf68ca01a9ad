import { errorDefinition, validate } from '@durable-session/schemas';
import { changeEpoch, type DraftEvent } from '../../host/scripted-log.ts';
import { effectPath } from '../../host/host.ts';
import { commitEvents, deliverAfter, endConnection, expandFrame, sendTo } from '../delivery.ts';
import type { StepOf } from '../format.ts';
import { breaks, changeClient, clientOf, holds, type Story } from '../story.ts';
import { within } from '../within.ts';

/** Lengthens the text of a delta until its frame has at least so many bytes. */
const padded = (draft: DraftEvent, bytes: number): DraftEvent => ({ ...draft, delta: `${String(draft['delta'])}${'x'.repeat(bytes - JSON.stringify(draft).length)}` });

/** Writes the address of this host into a URL of an event. */
const located = (story: Story, client: string, event: DraftEvent): DraftEvent => {
  const { url } = event;
  return typeof url === 'string' ? { ...event, url: url.replace('${effects}', `${clientOf(story, client).url}${effectPath}`) } : event;
};

/** Commits events and delivers them. */
export const append = (story: Story, { client = 'app', next, events, padTo, deliver = 'whole' }: StepOf<'append'>): void => {
  const written = events?.map((event) => located(story, client, event)) ?? story.upcoming.slice(0, next ?? story.upcoming.length);
  const drafts = padTo === undefined ? written : written.map((draft, index) => (index === written.length - 1 ? padded(draft, padTo) : draft));
  if (drafts.length === 0) throw new Error(`${story.file.id}: the log file has no further events at ${story.place}`);
  if (events === undefined) story.upcoming = story.upcoming.slice(drafts.length);
  const before = commitEvents(story, drafts);
  if (deliver === 'whole') return deliverAfter(story, before);
  if (deliver === 'not') return;
  const added = story.log.events.slice(before);
  const last = added.at(-1);
  for (const event of added.slice(0, -1)) sendTo(story, client, event);
  changeClient(story, client, { isSilent: true });
  if (last !== undefined) clientOf(story, client).connection?.sendHalf(last);
};

/** Sends frames as they stand. */
export const frames = (story: Story, { client = 'app', frames: list = [], isWrong, raw, connection = 'current' }: StepOf<'frames'>): void => {
  const target = connection === 'current' ? clientOf(story, client).connection : clientOf(story, client).previous;
  for (const frame of list) {
    if (isWrong === true) target?.sendText(JSON.stringify(expandFrame(story, frame)));
    else if (connection === 'current') sendTo(story, client, expandFrame(story, frame));
    else if (target?.isOpen() === true) target.send(expandFrame(story, frame));
  }
  if (raw !== undefined) target?.sendText(raw);
};

/** Ends the client's connection. */
export const cut = (story: Story, { client = 'app', how, code }: StepOf<'cut'>): void => endConnection(story, client, how, code);

/** Says bye, and ends the connection with the close code of the registry. */
export const bye = (story: Story, { client = 'app', code, action, message, afterMs, closeCode }: StepOf<'bye'>): void => {
  const frame = { type: 'bye', code, action, ...(message === undefined ? {} : { message }), ...(afterMs === undefined ? {} : { afterMs }) };
  // An action of a later revision does not fit the schema of this one.
  if (validate('Bye', frame) === undefined) sendTo(story, client, frame);
  else clientOf(story, client).connection?.sendText(JSON.stringify(frame));
  endConnection(story, client, 'close', closeCode ?? errorDefinition(code)?.close ?? 4000);
};

/** Sends a ping, and waits for the pong. */
export const ping = async (story: Story, { client = 'app', cites }: StepOf<'ping'>): Promise<void> => {
  const { connection } = clientOf(story, client);
  const pong = new Promise<true>((resolve) => connection?.ping(() => resolve(true)));
  if ((await within(pong, story.bounds.patienceMs)) === undefined) return breaks(story, { cites, expected: `${client} answers a ping with a pong`, actual: `none within ${story.bounds.patienceMs} ms` });
  holds(story, { cites, expected: `${client} answers a ping` });
};

/** Falls silent on the client's connection. */
export const stall = (story: Story, { client = 'app' }: StepOf<'stall'>): void => {
  clientOf(story, client).connection?.stall();
  changeClient(story, client, { isSilent: true, endedAt: story.now() });
};

/** Refuses attach requests by an HTTP status, or serves them again. */
export const door = (story: Story, { client = 'app', status, retryAfterMs, problem }: StepOf<'door'>): void =>
  story.host.setDoor(client, status === undefined ? undefined : { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(problem === undefined ? {} : { problem }) });

/** How long a client has waited; what it asked before the end belongs to no attempt after it. */
export const waitSince = (endedAt: number, beganAt: number, askedAt: number): number => (beganAt < endedAt ? askedAt : beganAt) - endedAt;

/** Waits for attach requests that the door has refused. */
export const refused = async (story: Story, { client = 'app', times, cites }: StepOf<'refused'>): Promise<void> => {
  for (let count = 1; count <= times; count++) {
    const attempt = await story.host.refused.take((each) => each.participant === client, story.bounds.patienceMs);
    if (attempt === undefined) return breaks(story, { cites, expected: `${client} goes on attaching after HTTP status refusals: ${times} attempts`, actual: `${count - 1} attempts` });
    const { endedAt, delays } = clientOf(story, client);
    changeClient(story, client, { endedAt: attempt.at, delays: endedAt === undefined ? delays : [...delays, waitSince(endedAt, attempt.beganAt, attempt.at)] });
  }
  holds(story, { cites, expected: `${client} goes on attaching` });
};

/** Shows that the client makes no further attach request. */
export const quiet = async (story: Story, { client = 'app', forMs, cites }: StepOf<'quiet'>): Promise<void> => {
  const attempt = await story.host.attempts.take((each) => each.participant === client, forMs);
  if (attempt !== undefined) return breaks(story, { cites, expected: `${client} does not attach again`, actual: `it attached after ${Math.round(attempt.openedAt - (clientOf(story, client).endedAt ?? 0))} ms` });
  holds(story, { cites, expected: `${client} does not attach again within ${forMs} ms` });
};

/**
 * Judges how the waits of the client are spread.
 *
 * A client that does not draw at random can never come below what it waits, whatever the load; and load must slow down every one of many waits before it makes the shortest look long.
 */
export const delays = (story: Story, { client = 'app', last, shortestAtMostMs, sumAtLeastMs, cites }: StepOf<'delays'>): void => {
  const waits = clientOf(story, client).delays.slice(-last);
  if (waits.length < last) throw new Error(`${story.file.id}: only ${waits.length} waits were seen at ${story.place}`);
  const actual = `waits of ${waits.map((wait) => Math.round(wait)).join(', ')} ms`;
  const sum = waits.reduce((total, wait) => total + wait, 0);
  if (shortestAtMostMs !== undefined && Math.min(...waits) > shortestAtMostMs) return breaks(story, { cites, expected: `of ${last} waits the shortest is at most ${shortestAtMostMs} ms`, actual });
  if (sumAtLeastMs !== undefined && sum < sumAtLeastMs) return breaks(story, { cites, expected: `${last} waits are at least ${sumAtLeastMs} ms together`, actual });
  holds(story, { cites, expected: 'the waits are drawn from the whole range' });
};

/** Waits until the client itself has ended its connection. */
export const left = async (story: Story, { client = 'app', cites }: StepOf<'left'>): Promise<void> => {
  const { connection } = clientOf(story, client);
  const isGone = await story.changes.until(() => connection?.isOpen() !== true, story.bounds.patienceMs);
  if (!isGone) return breaks(story, { cites, expected: `${client} ends its connection`, actual: `it stands after ${story.bounds.patienceMs} ms` });
  changeClient(story, client, { isSilent: true, endedAt: story.now() });
  holds(story, { cites, expected: `${client} ends its connection` });
};

/** Lets time pass. */
export const wait = (_: Story, { ms }: StepOf<'wait'>): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Shows that nothing reaches a participant. */
export const untouched = async (story: Story, { participant, forMs, cites }: StepOf<'untouched'>): Promise<void> => {
  const isTouched = await story.changes.until(() => story.recorder.transcript.some((entry) => entry.participant === participant), forMs);
  if (isTouched) return breaks(story, { cites, expected: `no request reaches ${participant}`, actual: 'one does' });
  holds(story, { cites, expected: `no request reaches ${participant} within ${forMs} ms` });
};

/** Begins a new epoch. */
export const epoch = (story: Story, { keep }: StepOf<'epoch'>): void => {
  story.pastLogs = [...story.pastLogs, story.log];
  story.log = changeEpoch(story.log, story.mintId(), keep);
};
