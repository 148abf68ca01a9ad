import type { MessageSend, Part, PatchOperation, RequestResolve, RunOutcome, RunStart } from '@durable-session/schemas';
import { mintId } from './id.ts';
import type { SomeParts } from './parts.ts';
import { keepPresence, type PresenceStatus } from './presence.ts';
import type { Accepted, Session, SessionOptions } from './session/handle.ts';
import { joinSession } from './session/join.ts';
import { claimTool, type HeldTool } from './tool.ts';

/** What a message has beside its parts; ids that are left out are minted. */
export type SendOptions = Partial<Omit<MessageSend, 'id' | 'type' | 'parts' | 'runId'>> & {
  /** The run that the message starts; minted if left out. `null` records the message without a run. */
  readonly runId?: string | null;
};

/** What became of a message, as the server judged it. */
export interface Sent extends Accepted {
  readonly messageId: string;
  /** The run that it starts, or reserves; undefined for one that is only recorded. */
  readonly runId: string | undefined;
}

/** What a run that starts without a message has; the id is minted if left out. */
export type StartOptions = Partial<Pick<RunStart, 'runId' | 'parentId' | 'name' | 'agentName' | 'ifBusy' | 'config'>>;

/** How somebody decides a request. */
export type Decision = Omit<RequestResolve, 'id' | 'type' | 'requestId' | 'agent' | 'term'>;

/** A session for people and their devices: read, send, steer, cancel, decide. */
export interface People extends Session {
  /**
   * Sends a message that starts a run, at once or when its turn comes.
   *
   * Resolves when the server has committed it and the view has it. Throws CommandRejectedError, `session_busy` for instance, or IndeterminateError.
   *
   * @example const { runId } = await session.send('Why is the disk full?');
   */
  send(content: string | readonly Part[], options?: SendOptions): Promise<Sent>;
  /**
   * Gives the active run something to consider while it works; without an active run it is queued as one of its own.
   *
   * @example await session.steer('Only look at web-3.');
   */
  steer(content: string | readonly Part[], options?: Omit<SendOptions, 'ifBusy'>): Promise<Sent>;
  /**
   * Starts a run without a message: regenerate, retry, continue.
   *
   * @example await session.start({ parentId: messageId });
   */
  start(options?: StartOptions): Promise<Accepted & { readonly runId: string }>;
  /**
   * Cancels a run. `ended` tells the outcome of one that had ended before.
   *
   * @example await session.cancel(runId);
   */
  cancel(runId: string, text?: string): Promise<Accepted & { readonly ended: RunOutcome | undefined }>;
  /**
   * Decides a request. The first decision wins: a later one throws CommandRejectedError `already_resolved`, whose
   * `details` tell the outcome and who decided.
   *
   * @example await session.resolve(requestId, { outcome: 'approved' });
   */
  resolve(requestId: string, decision: Decision): Promise<Accepted>;
  /**
   * Changes the shared state by an RFC 6902 patch, whole or not at all; `ifStateSeq` makes it conditional.
   *
   * @example await session.patchState([{ op: 'replace', path: '/mode', value: 'careful' }]);
   */
  patchState(patch: readonly PatchOperation[], ifStateSeq?: number): Promise<Accepted>;
  /** Takes a message out. */
  remove(messageId: string, text?: string): Promise<Accepted>;
  /** Renames the session, moves its active branch, or merges metadata. */
  update(change: { title?: string | null; leafId?: string; metadata?: { [key: string]: unknown } }): Promise<Accepted>;
  /** Closes the session for everybody and for good; `close` only detaches this client. */
  end(text?: string): Promise<Accepted>;
}

/** A session for people, with what a device of theirs can do beside. */
export interface PeopleSession extends People {
  /**
   * Takes a client tool for this device, and keeps it until it is answered or released.
   *
   * @example const tool = await session.claimTool(requestId); await tool.answer(await readTemperature());
   */
  claimTool(requestId: string): Promise<HeldTool>;
  /**
   * Tells the others how this device is here, now and on each new connection.
   *
   * @example await session.setPresence({ typing: true });
   */
  setPresence(status: PresenceStatus): Promise<void>;
}

const partsOf = (content: string | readonly Part[]): Part[] =>
  typeof content === 'string' ? [{ partId: mintId(), kind: 'text', text: content, ended: true }] : [...content];

const outcomes: readonly RunOutcome[] = ['completed', 'cancelled', 'failed'];

/** Joins a session for people, with the parts of a client. */
export function connectWith(parts: SomeParts, options: SessionOptions): People {
  const session = joinSession(options, parts);
  async function send(content: string | readonly Part[], { runId = mintId(), messageId = mintId(), ...rest }: SendOptions = {}): Promise<Sent> {
    const run = runId === null ? {} : { runId };
    const accepted = await session.command({ type: 'message.send', id: mintId(), messageId, parts: partsOf(content), ...run, ...rest });
    const told = accepted.result['runId'];
    return { ...accepted, messageId, runId: typeof told === 'string' ? told : undefined };
  }

  const people: Omit<People, keyof Session> = {
    send,
    steer: (content, steering = {}) => send(content, { ...steering, ifBusy: 'steer' }),
    async start({ runId = mintId(), ...rest } = {}) {
      return { ...(await session.command({ type: 'run.start', id: mintId(), runId, ...rest })), runId };
    },
    async cancel(runId, text) {
      const accepted = await session.command({ type: 'run.cancel', id: mintId(), runId, ...(text === undefined ? {} : { text }) });
      return { ...accepted, ended: outcomes.find((outcome) => outcome === accepted.result['outcome']) };
    },
    resolve: (requestId, decision) => session.command({ type: 'request.resolve', id: mintId(), requestId, ...decision }),
    patchState: (patch, ifStateSeq) =>
      session.command({ type: 'state.patch', id: mintId(), patch: [...patch], ...(ifStateSeq === undefined ? {} : { ifStateSeq }) }),
    remove: (messageId, text) => session.command({ type: 'message.remove', id: mintId(), messageId, ...(text === undefined ? {} : { text }) }),
    update: (change) => session.command({ type: 'session.update', id: mintId(), ...change }),
    end: (text) => session.command({ type: 'session.close', id: mintId(), ...(text === undefined ? {} : { text }) }),
  };
  return Object.assign(session, people);
}

/** Adds what a device can do to a session for people. */
export const withDevice = (session: People): PeopleSession =>
  Object.assign(session, { claimTool: (requestId: string) => claimTool(session, requestId), setPresence: keepPresence(session) });
