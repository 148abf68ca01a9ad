import { agentWith, type AgentOptions, type AgentSession } from './agent.ts';
import { standardParts, type Parts } from './parts.ts';
import { connectWith, withDevice, type PeopleSession } from './people.ts';
import type { SessionOptions } from './session/handle.ts';

/** The two ways into a session. */
export interface Client {
  connect(options: SessionOptions): PeopleSession;
  agent(options: AgentOptions): AgentSession;
}

/** Puts a client together from its parts. @internal */
export const makeClient = (parts: Parts): Client => ({
  connect: (options) => withDevice(connectWith(parts, options)),
  agent: (options) => agentWith(parts, options),
});

const standard = makeClient(standardParts);

/**
 * Joins a session for a person or a device.
 *
 * The handle is there at once, and connects, resumes and reconnects by itself until it is closed or the server says stop.
 * Commands given before the connection stands are sent when it does, exactly once.
 *
 * @example
 * const session = connect({ url: 'http://localhost:8787', session: 's_Hq3v', token: () => getToken() });
 * session.onChange(() => render(session.view));
 * const { runId } = await session.send('Why is the disk full?');
 */
export const connect = (options: SessionOptions): PeopleSession => standard.connect(options);

/**
 * Joins a session as an agent.
 *
 * @example
 * const worker = agent({ url: 'http://localhost:8787', session: 's_Hq3v', token });
 * await worker.serve(async (run) => {
 *   await run.append([{ type: 'message.created', messageId: 'm1', role: 'assistant', parts: [{ partId: 'p1', kind: 'text' }] }]);
 *   for await (const delta of model(run.signal)) await run.append([{ type: 'part.delta', partId: 'p1', delta }]);
 * });
 */
export const agent = (options: AgentOptions): AgentSession => standard.agent(options);
