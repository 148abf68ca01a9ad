import type { AgentEvent } from '@durable-session/schemas';
import type { AgentSession } from '../agent.ts';
import type { Client } from '../client.ts';
import { RunCancelledError, SessionError } from '../errors.ts';
import type { Decision, PeopleSession, SendOptions } from '../people.ts';
import type { HeldRun } from '../run/held-run.ts';
import type { Accepted, SessionOptions, SessionView } from '../session/handle.ts';
import { runTool } from './run-tool.ts';
import { work, type PlanStep } from './work.ts';

/** What each command brings, beside `id`, `command` and `client`: `driver.schema.json`. */
interface Requests {
  readonly open: SessionOptions & { readonly role: 'people' | 'agent' };
  readonly send: Pick<SendOptions, 'ifBusy'> & { readonly messageId: string; readonly text: string; readonly runId?: string };
  readonly cancel: { readonly runId: string };
  readonly resolve: Decision & { readonly requestId: string };
  readonly view: { readonly atLeast?: number };
  readonly online: { readonly online: boolean };
  readonly token: { readonly token: string };
  readonly close: object;
  readonly claim: { readonly runId: string };
  readonly append: { readonly runId: string; readonly events: readonly AgentEvent[] };
  readonly release: { readonly runId: string; readonly reason: 'waiting' | 'released' };
  readonly work: { readonly runId: string; readonly plan: readonly PlanStep[] };
  readonly tool: { readonly requestId: string; readonly effect: string };
}

type Handlers = { readonly [Name in keyof Requests]: (client: string, fields: Requests[Name]) => unknown };

/** How a command ended, as the driver protocol tells it; what is no answer of the protocol is thrown on. */
const outcomeOf = (command: Promise<Pick<Accepted, 'outcome' | 'result'>>): Promise<object> =>
  command.then(({ outcome, result }) => ({ outcome, result }), (error: unknown) => {
    if (!(error instanceof SessionError)) throw error;
    const { code, message, details } = { details: undefined, ...error, message: error.message };
    return { outcome: code === 'indeterminate' ? code : 'rejected', error: { code, message, details } };
  });

/** What the user of an application would see. */
const report = ({ state, position, connection, presence, problem, stop }: SessionView): object => ({
  state,
  presence,
  problem,
  position: position ?? null,
  connection,
  messages: state.messages.map(({ messageId, role, ended, parts }) => ({ messageId, role, ended, text: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('') })),
  runs: state.runs.map(({ runId, status, outcome }) => ({ runId, status, outcome })),
  requests: state.requests.map(({ requestId }) => ({ requestId })),
  decisions: state.decisions.map(({ requestId, outcome }) => ({ requestId, outcome })),
  stop: stop && { code: stop.code },
});

/** The commands of the driver protocol, each as what it does with the public API of this package. */
function makeHandlers(client: Client): Handlers {
  const people = new Map<string, PeopleSession>();
  const agents = new Map<string, AgentSession>();
  const runs = new Map<string, HeldRun>();

  const found = <Value>(value: Value | undefined, name: string): Value => {
    if (value === undefined) throw new SessionError('invalid_request', `request must name what there is: got ${name}`);
    return value;
  };
  const personOf = (name: string): PeopleSession => found(people.get(name), name);
  const sessionOf = (name: string): PeopleSession | AgentSession => people.get(name) ?? found(agents.get(name), name);
  const runOf = (name: string, runId: string): HeldRun => found(runs.get(`${name} ${runId}`), runId);
  return {
    open: (name, { role, ...options }) => void (role === 'agent' ? agents.set(name, client.agent(options)) : people.set(name, client.connect(options))),
    send(name, { text, runId = null, ...options }) {
      const part = { partId: `${options.messageId}-text`.slice(-64), kind: 'text', text, ended: true } as const;
      return outcomeOf(personOf(name).send([part], { runId, ...options }));
    },
    cancel: (name, { runId }) => outcomeOf(personOf(name).cancel(runId)),
    resolve: (name, { requestId, ...decision }) => outcomeOf(personOf(name).resolve(requestId, decision)),
    async view(name, { atLeast = 0 }) {
      const session = sessionOf(name);
      await session.until(({ position, connection }) => (position?.seq ?? 0) >= atLeast || connection === 'stopped');
      return report(session.view);
    },
    online: (name, { online }) => online && sessionOf(name).wake(),
    token: (name, { token }) => sessionOf(name).renew(token),
    close: (name) => sessionOf(name).close(),
    async claim(name, { runId }) {
      const run = await found(agents.get(name), name).claim(runId);
      runs.set(`${name} ${runId}`, run);
      // This agent does no work of its own, and so ends a cancelled run at once (AGENT-26).
      const stop = (): unknown => run.signal.reason instanceof RunCancelledError && run.end({ outcome: 'cancelled' }).catch(console.error);
      if (run.signal.aborted) stop();
      else run.signal.addEventListener('abort', stop, { once: true });
      return { term: run.term };
    },
    append: (name, { runId, events }) => outcomeOf(runOf(name, runId).append(events).then((result) => ({ outcome: 'accepted', result: { ...result } }))),
    release: (name, { runId, reason }) => outcomeOf(runOf(name, runId).release(reason)),
    work: (name, { runId, plan }) => outcomeOf(work(found(agents.get(name), name), runId, plan)),
    tool: (name, { requestId, effect }) => outcomeOf(runTool(personOf(name), requestId, effect)),
  };
}

/** Makes a driver: a function that does what one line of the driver protocol asks, and resolves with the line that answers it. */
export function makeDriver(client: Client): (line: string) => Promise<string> {
  const handlers: { readonly [command: string]: Handlers[keyof Handlers] } = { ...makeHandlers(client) };
  return async (line) => {
    const { id, command, client: name, ...fields }: { id: number; command: string; client: string } = JSON.parse(line);
    const handler = Object.hasOwn(handlers, command) ? handlers[command] : undefined;
    if (handler === undefined) return JSON.stringify({ id, unsupported: true });
    try {
      // The runner writes what the schema of the driver protocol says for the command.
      return JSON.stringify({ id, ok: true, result: (await handler(name, fields as never)) || undefined });
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return JSON.stringify({ id, error: { code: error.code, message: error.message } });
    }
  };
}
