import type { AppendRecord } from '../session/state.ts';
import { type Commit, type CommandRecord, creations, type Store, type StoredSession } from './contract.ts';

interface MemorySession {
  epoch: string;
  first: number;
  events: string[];
  isDeleted: boolean;
  isAwake: boolean;
  generation: number;
  checkpoint?: { readonly seq: number; readonly events: readonly string[] };
  readonly appends: Map<string, AppendRecord>;
}

/** A store that lives as long as its process: for tests and for trying things out. */
export function createMemoryStore(): Store {
  const sessions = new Map<string, MemorySession>();
  const records = new Map<string, CommandRecord>();
  let generation = 0;
  const key = (sessionId: string, principal: string, id: string): string => `${sessionId} ${id} ${principal}`;

  const find = (sessionId: string): MemorySession => {
    const session = sessions.get(sessionId);
    if (!session) throw new Error(`the session must exist: ${sessionId}`);
    return session;
  };

  /** Refuses a batch before anything of it is taken. */
  const check = (batch: readonly Commit[]): void => {
    const heads = new Map<string, number>();
    for (const { sessionId, from, events, creates } of batch) {
      const session = sessions.get(sessionId);
      const head = heads.get(sessionId) ?? (session ? session.first + session.events.length - 1 : undefined);
      if ((head === undefined) !== (creates !== undefined)) throw new Error(`a session must be created once: ${sessionId}`);
      if (from !== (head ?? 0) + 1) throw new Error(`events must follow the head ${head ?? 0}: got ${from}`);
      heads.set(sessionId, from + events.length - 1);
    }
  };

  const commitOne = (commit: Commit): void => {
    const { sessionId, events, record, append, creates } = commit;
    if (record) records.set(key(creates ? creations : sessionId, record.principal, record.id), record);
    if (creates) sessions.set(sessionId, { epoch: creates.epoch, first: 1, events: [], isDeleted: false, isAwake: false, generation, appends: new Map() });
    const session = find(sessionId);
    const head = session.first + session.events.length - 1;
    for (const event of events) session.events.push(event);
    if (append) session.appends.set(append.runId, append);
    if (commit.epoch !== undefined) Object.assign(session, { epoch: commit.epoch, generation });
    session.isAwake = commit.awake;
    if (commit.deletes) Object.assign(session, { isDeleted: true, isAwake: false, events: [], first: head + 1 });
  };

  return {
    durability: 'memory',
    load(sessionId): StoredSession | undefined {
      const session = sessions.get(sessionId);
      if (!session) return undefined;
      const { epoch, first, isDeleted, checkpoint, appends } = session;
      const head = first + session.events.length - 1;
      return { epoch, head, first, isDeleted, isStale: session.generation < generation, ...(checkpoint ? { checkpoint } : {}), appends: [...appends.values()] };
    },
    read(sessionId, after, limit) {
      const { events, first } = find(sessionId);
      const start = Math.max(0, after + 1 - first);
      return events.slice(start, start + limit);
    },
    record: (sessionId, principal, id) => records.get(key(sessionId, principal, id)),
    awake: () => [...sessions].flatMap(([id, { isAwake }]) => (isAwake ? [id] : [])),
    commit(batch) {
      check(batch);
      for (const commit of batch) commitOne(commit);
    },
    checkpoint(sessionId, seq, events) {
      find(sessionId).checkpoint = { seq, events };
    },
    trim(sessionId, first) {
      const session = find(sessionId);
      if (first <= session.first) return;
      if (first - 1 > (session.checkpoint?.seq ?? 0)) throw new Error(`events must be in the checkpoint before they are trimmed: ${first - 1}`);
      session.events.splice(0, first - session.first);
      session.first = first;
    },
    beginGeneration() {
      generation += 1;
    },
    probe() {},
    forget(before) {
      for (const [name, { at }] of records) if (at < before) records.delete(name);
    },
    close() {},
  };
}
