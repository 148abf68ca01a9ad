import { isFields, type JsonFields } from '../../scenario/json.ts';
import { match } from '../../scenario/pattern.ts';
import type { StepOf } from '../format.ts';
import { askDriver, breaks, changeClient, clientOf, DriverFailure, holds, resultOf, type Story } from '../story.ts';
import { within } from '../within.ts';
import type { DriverReply } from '../../driver/driver.ts';

/** A settled command may take several attempts; a scenario that waits longer than this for one is over anyway. */
const settleMs = 30_000;

/** Asks the driver for a command, whose answer a later step waits for. */
export const ask = (story: Story, client: string | undefined, as: string, command: string, fields: JsonFields): void => {
  if (story.lacks.has(command)) throw new DriverFailure('unsupported', `the driver does not support ${command}`);
  story.asked.set(as, askDriver(story, client, command, fields, settleMs));
};

const present = (fields: { readonly [name: string]: JsonFields[string] | undefined }): JsonFields =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));

/** The application sends a message. */
export const send = (story: Story, { client, as, messageId, text, runId, ifBusy }: StepOf<'send'>): void => {
  story.sent.add(messageId);
  ask(story, client, as, 'send', present({ messageId, text, runId, ifBusy }));
};

/** The application cancels a run. */
export const cancel = (story: Story, { client, as, runId }: StepOf<'cancel'>): void => ask(story, client, as, 'cancel', { runId });

/** The application resolves a request. */
export const resolve = (story: Story, { client, as, requestId, outcome, optionId, value }: StepOf<'resolve'>): void =>
  ask(story, client, as, 'resolve', present({ requestId, outcome, optionId, value }));

const askedAs = (story: Story, name: string): Promise<DriverReply> => {
  const asked = story.asked.get(name);
  if (asked === undefined) throw new Error(`${story.file.id}: nothing was asked as ${name} at ${story.place}`);
  return asked;
};

/** Waits for the outcome that the application is told. */
export const settled = async (story: Story, { of, expect, cites }: StepOf<'settled'>): Promise<void> => {
  const reply = await within(askedAs(story, of), story.bounds.patienceMs);
  if (reply === undefined) return breaks(story, { cites, expected: `the application is told how ${of} ended`, actual: `nothing within ${story.bounds.patienceMs} ms` });
  const result = resultOf(reply, of);
  const found = match(expect, result);
  if (!found.matches) return breaks(story, { cites, expected: `the application is told of ${of}: ${found.mismatch.path} ${found.mismatch.expected}`, actual: found.mismatch.actual });
  holds(story, { cites, expected: `the application is told how ${of} ended` });
};

/** Shows that the application is not told an outcome that nobody can know yet. */
export const unsettled = async (story: Story, { of, forMs, cites }: StepOf<'unsettled'>): Promise<void> => {
  const reply = await within(askedAs(story, of), forMs);
  if (reply === undefined) return holds(story, { cites, expected: `${of} is not settled yet` });
  breaks(story, { cites, expected: `${of} is not settled, because no ack has come`, actual: JSON.stringify(resultOf(reply, of)) });
};

/** The application has the next token ready. */
export const token = async (story: Story, { client }: StepOf<'token'>): Promise<void> => {
  const next = `${client ?? 'app'}-${story.mintId()}`;
  changeClient(story, client, { tokens: [...clientOf(story, client).tokens, next] });
  resultOf(await askDriver(story, client, 'token', { token: next }, story.bounds.patienceMs), 'token');
};

/** The platform tells whether there is a network. */
export const online = async (story: Story, { client, online: isOnline }: StepOf<'online'>): Promise<void> =>
  void resultOf(await askDriver(story, client, 'online', { online: isOnline }, story.bounds.patienceMs), 'online');

/** The application lets the view go. */
export const close = async (story: Story, { client }: StepOf<'close'>): Promise<void> =>
  void resultOf(await askDriver(story, client, 'close', {}, story.bounds.patienceMs), 'close');

/** Counts events of the log. */
export const effects = (story: Story, { match: pattern, times, cites }: StepOf<'effects'>): void => {
  const found = story.log.events.filter((event) => match(pattern, event).matches);
  if (found.length !== times) return breaks(story, { cites, expected: `${times} events ${JSON.stringify(pattern)} in the log`, actual: `${found.length}` });
  holds(story, { cites, expected: `the command took effect ${times} times` });
};

/** Reads the position of a view; a driver that shows none of the right shape is wrong in itself. */
export const positionOfView = (view: JsonFields): { readonly epoch: string; readonly seq: number } | undefined => {
  const { position } = view;
  if (position === null) return undefined;
  if (!isFields(position) || typeof position['epoch'] !== 'string' || typeof position['seq'] !== 'number') throw new DriverFailure('failed', `a view must have a position or null: got ${JSON.stringify(position)}`);
  return { epoch: position['epoch'], seq: position['seq'] };
};
