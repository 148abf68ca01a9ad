import { startDriver, type Driver } from '../driver/driver.ts';
import type { Target } from '../target/target.ts';
import { isFields, type JsonFields } from '../scenario/json.ts';
import { createSession } from './create-session.ts';
import { openDoor, type Cut, type Door } from './door.ts';
import { partOf, sumOf, tallyCommand, tallyText, timesOf, wordOf, type Tally } from './tally.ts';

/** One run of an agent, and the clients that are cut off from it. */
export interface BatchPlan {
  readonly transport: 'websocket' | 'sse';
  /** How many frames the agent writes. */
  readonly frames: number;
  /** At which frame each client is cut off, and how. */
  readonly cuts: readonly Cut[];
  /** At which the agent is. */
  readonly agentCuts: readonly Cut[];
}

/** What came of a batch. */
export interface BatchResult {
  readonly tally: Tally;
  readonly clients: number;
  readonly cuts: number;
  /** What did not happen that had to; the batch shows nothing then. */
  readonly trouble: readonly string[];
}

/** The peers of a batch. */
export interface BatchPeers {
  readonly target: Target;
  readonly driver: readonly string[];
  readonly folder: string;
  readonly patienceMs: number;
}

/** Several frames are committed together, as agents do. */
const framesOfAppend = 5;
const backoff = { baseMs: 10, capMs: 100, healthMs: 1_000 };
const [runId, answer] = ['run-1', 'answer'];

class Trouble extends Error {}

/** Lets an agent write a run while each client is cut off at its frame, gives a command in that moment, and comes back; counts what they show in the end. */
export async function runBatch(plan: BatchPlan, { target, driver: command, folder, patienceMs }: BatchPeers): Promise<BatchResult> {
  const driver = startDriver(command, folder);
  const doors: Door[] = [];
  const told = new Map<string, Promise<string>>();
  const tokenOf = (name: string): string => target.token(name) ?? '';
  try {
    const session = await createSession(target, tokenOf('controller'));
    const open = (client: string, url: string, role: 'people' | 'agent', token: string) =>
      ask(driver, 'open', { client, url, session, token, role, transport: plan.transport, backoff }, patienceMs);
    const behind = async (cuts: readonly Cut[], reached: () => void): Promise<string> => {
      const door = await openDoor(target.url, cuts, reached);
      doors.push(door);
      return door.url;
    };

    await open('reader', target.url.href, 'people', tokenOf('controller'));
    const clients = plan.cuts.map((cut, index) => ({ cut, name: `client-${index}`, messageId: `message-${index}` }));
    for (const { cut, name, messageId } of clients) {
      const say = (): void => void told.set(name, settle(driver, { client: name, messageId, text: 'Still there?' }, patienceMs));
      await open(name, await behind([cut], say), 'people', tokenOf('controller2'));
    }
    await Promise.all(clients.map(({ name }) => ask(driver, 'view', { client: name, atLeast: 1 }, patienceMs)));

    await ask(driver, 'send', { client: 'reader', messageId: 'question', text: 'Go', runId }, patienceMs);
    await open('agent', await behind(plan.agentCuts, () => undefined), 'agent', tokenOf('agent'));
    await ask(driver, 'claim', { client: 'agent', runId }, patienceMs);
    const append = (events: readonly JsonFields[]) => ask(driver, 'append', { client: 'agent', runId, events }, patienceMs);
    await append([{ type: 'message.created', messageId: answer, role: 'assistant', parts: [0, 1].map((index) => ({ partId: partOf(index), kind: 'text' })) }]);
    for (let first = 0; first < plan.frames; first += framesOfAppend) {
      const indexes = Array.from({ length: Math.min(framesOfAppend, plan.frames - first) }, (_, index) => first + index);
      await append(indexes.map((index) => ({ type: 'part.delta', partId: partOf(index), delta: wordOf(index) })));
    }

    const outcomes = await Promise.all(clients.map(({ name }) => told.get(name) ?? 'never given'));
    const last = await lastView(driver, patienceMs);
    const seq = isFields(last['position']) ? last['position']['seq'] : 0;
    const views = await Promise.all(clients.map(({ name }) => ask(driver, 'view', { client: name, atLeast: seq ?? 0 }, patienceMs)));
    const cuts = doors.reduce((sum, door) => sum + door.cuts(), 0);
    const expected = plan.cuts.length + plan.agentCuts.length;
    return {
      tally: sumOf([tallyText(last, answer, plan.frames), ...views.map((view) => tallyText(view, answer, plan.frames)), ...clients.map(({ messageId }, index) => tallyCommand(outcomes[index] ?? '', timesOf(last, messageId)))]),
      clients: clients.length,
      cuts,
      trouble: cuts === expected ? [] : [`${expected - cuts} of ${expected} cuts were never made`],
    };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return { tally: sumOf([]), clients: plan.cuts.length, cuts: 0, trouble: [error.message] };
  } finally {
    await driver.stop();
    await Promise.all(doors.map((door) => door.close()));
  }
}

/** Asks the driver; what is no answer ends the batch. */
async function ask(driver: Driver, command: string, fields: JsonFields, withinMs: number): Promise<JsonFields> {
  const reply = await driver.ask(command, fields, withinMs);
  if (reply.kind === 'ok') return reply.result;
  const client = String(fields['client']);
  throw new Trouble(reply.kind === 'unsupported' ? `the driver must support ${command}: it does not` : `${command} of ${client}: ${reply.message}`);
}

/** What the application is told of a message, in a word. */
async function settle(driver: Driver, message: JsonFields, withinMs: number): Promise<string> {
  const reply = await driver.ask('send', message, withinMs);
  return reply.kind === 'ok' ? String(reply.result['outcome']) : reply.kind;
}

/** The view of one who was never cut off, up to a message that is the last of all. */
async function lastView(driver: Driver, patienceMs: number): Promise<JsonFields> {
  await ask(driver, 'send', { client: 'reader', messageId: 'last', text: 'That was all.' }, patienceMs);
  for (let atLeast = 0; ; ) {
    const view = await ask(driver, 'view', { client: 'reader', atLeast }, patienceMs);
    if (timesOf(view, 'last') > 0) return view;
    atLeast = isFields(view['position']) ? Number(view['position']['seq']) + 1 : 1;
  }
}
