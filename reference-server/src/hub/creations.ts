import type { Ack, SessionCreate } from '@durable-session/schemas';
import { ackOf, refusalAck } from '../connection/frames.ts';
import { RateBucket } from '../connection/rate.ts';
import { checkRole } from '../session/judge.ts';
import { present } from '../session/present.ts';
import { refuse, type Refusal } from '../session/verdict.ts';
import { type CommandRecord, creations } from '../store/contract.ts';
import { actorOf, type Credential, maySee } from './credential.ts';
import type { Hub } from './hub.ts';
import { repeatedAck } from './stored-ack.ts';

/** The one command that is of no session: its records and its rate stand apart (SESSION-22, LIMIT-17). */
export class Creations {
  readonly #hub: Hub;
  readonly #rates = new Map<string, RateBucket>();
  /** Records of this turn, until the store has them. */
  readonly #pending = new Map<string, CommandRecord>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Takes one `session.create` of a principal; returns 0, or the time after which to try again. */
  takeRate(principal: string): number {
    const { steady, limits: { commandsPerSecond } } = this.#hub.parts;
    const key = `${commandsPerSecond} ${principal}`;
    let bucket = this.#rates.get(key);
    if (!bucket) this.#rates.set(key, (bucket = new RateBucket(commandsPerSecond, steady())));
    return bucket.take(steady());
  }

  /** Judges `session.create` (SESSION-1 to SESSION-6); `reply` is called once, after the commit of the turn. */
  create(command: SessionCreate, credential: Credential, reply: (ack: Ack) => void): void {
    const { store, recordedAt, randomId, digest } = this.#hub.parts;
    const { id, title, metadata } = command;
    const { principal } = credential;
    const content = digest(command);
    const key = `${id} ${principal}`;
    const repeated = this.#pending.get(key) ?? store.record(creations, principal, id);
    if (repeated) return this.#hub.answer(repeatedAck(repeated, id, content), reply);
    const sessionId = command.sessionId ?? randomId(12);
    const by = actorOf(credential);
    const fault = checkRole(command, by) ?? this.#checkNew(sessionId, credential);
    if (fault) return this.#hub.answer(refusalAck(id, fault), reply);

    const live = this.#hub.begin(sessionId, randomId(8));
    const draft = this.#hub.draft(live, { by, cause: id });
    draft.add(present({ type: 'session.created' as const, title, metadata }));
    const texts = draft.events.map((event) => JSON.stringify(event));
    const large = this.#hub.checkSize(texts, live.maxFrameBytes(draft.limits), draft);
    if (large) {
      this.#hub.forget(live);
      return this.#hub.answer(refusalAck(id, large), reply);
    }
    const position = { epoch: live.epoch, seq: 1 };
    const ack = ackOf(id, { status: 'accepted', result: { sessionId, position } }, position);
    const record = { principal, id, digest: content, ack, at: recordedAt() };
    this.#pending.set(key, record);
    this.#hub.commit(live, draft, texts, { record, creates: { epoch: live.epoch } }, ack, (answer) => {
      this.#pending.delete(key);
      reply(answer);
    });
  }

  #checkNew(sessionId: string, credential: Credential): Refusal | undefined {
    if (!maySee(credential, sessionId)) return refuse('forbidden', 'the credential must cover the new session');
    return this.#hub.find(sessionId) ? refuse('id_in_use', `the id of a new session must be unused: got ${sessionId}`, { kind: 'session', id: sessionId }) : undefined;
  }
}
