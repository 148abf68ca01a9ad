import type { AgentEvent } from '@durable-session/schemas';
import { agent, backoffMs, claimTool, connect, createSession, defaultBackoff, keepIn, mintId, type AgentOptions, type SessionOptions } from '../src/index.ts';
import { validateFrame } from '../src/validate.ts';

/** The names that an example may use beside those of the language. */
export type Names = { readonly [name: string]: unknown };

/** What an example finds when it runs. */
export interface World {
  readonly names: Names;
  /** Ends what an example reads or serves without an end, once it has had something to do. */
  finish(): Promise<void>;
  close(): void;
}

const sessionStorage = { getItem: () => null, setItem: () => undefined };
const table = new Map<string, string>();

async function* model(): AsyncGenerator<string> {
  yield 'Because ';
  yield 'of its log.';
}

const requestOf = (kind: string, partId: string): AgentEvent =>
  kind === 'client_tool' ? { type: 'request.opened', requestId: 'q1', kind: 'client_tool', partId } : { type: 'request.opened', requestId: 'q1', kind: 'approval', prompt: 'Delete it?' };

/**
 * Makes the world of one example: a session with a person, an agent and a run. Unless the example is of an agent that
 * claims the run, the run is held, has begun its answer, and has asked something.
 */
export async function makeWorld(url: string, code: string): Promise<World> {
  const sessionId = await createSession({ url, token: 'tok-alice' });
  const opened: { close(): void }[] = [];
  const noted = <Handle extends { close(): void }>(handle: Handle): Handle => {
    opened.push(handle);
    return handle;
  };
  const at = { url, session: sessionId, backoff: { baseMs: 20, capMs: 200 } };
  const session = noted(connect({ ...at, token: 'tok-alice' }));
  const worker = noted(agent({ ...at, token: 'tok-worker' }));
  const { runId = '', messageId } = await session.send('Why is the disk full?');
  await worker.until(({ state }) => state.runs.length > 0);
  const isAgents = /\b(worker|agent)\b/.test(code);
  const run = isAgents ? undefined : await worker.claim(runId);
  const position = await run?.append([
    { type: 'state.replaced', state: { mode: 'fast' } },
    { type: 'message.created', messageId: 'm2', role: 'assistant', parts: [{ partId: 'p2', kind: 'text' }, { partId: 't2', kind: 'tool', toolCallId: 'c1', toolName: 'temperature', executor: 'client', input: {} }] },
    requestOf(code.includes('claimTool') ? 'client_tool' : 'approval', 't2'),
  ]);
  await session.until((view) => (view.position?.seq ?? 0) >= (position?.seq ?? 0));
  const answer = [{ type: 'message.created', messageId: mintId(), role: 'assistant', parts: [{ partId: mintId(), kind: 'text', text: 'Because of its log.', ended: true }] }];
  const token = isAgents ? 'tok-worker' : 'tok-alice';
  return {
    names: {
      agent: (options: AgentOptions) => noted(agent(options)), connect: (options: SessionOptions) => noted(connect(options)), backoffMs, claimTool, createSession, defaultBackoff, keepIn, mintId, validateFrame, url, token, session, sessionId, worker, run, runId, messageId,
      partId: 'p2', requestId: 'q1', answer, model, sessionStorage, table: { get: async (key: string) => table.get(key), put: async (key: string, text: string) => table.set(key, text) },
      getToken: () => token, readTemperature: async () => 21, render: () => undefined, show: () => undefined, console: { log: () => undefined },
    },
    async finish() {
      if (isAgents) await session.until(({ state }) => state.runs.every(({ status }) => status === 'ended'));
      else await session.update({ title: 'Something happens' });
      await session.end();
    },
    close() {
      for (const handle of opened) handle.close();
    },
  };
}
