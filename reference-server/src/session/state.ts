import type { Actor, RequestOpened, RunOutcome, CancelReason } from '@durable-session/schemas';
import { Table } from './table.ts';

/**
 * What a session is judged by. Every change is made by `apply`, from an event; so the state that a
 * restart reads from the log is the state that judged before it.
 *
 *   command ──judge──▶ events ──apply──▶ state (overlay) ──commit / rollback──▶ state
 *
 * Records are replaced, never changed in place. Clocks and leases are not here: see `timers.ts`.
 */
export interface MessageRecord {
  readonly messageId: string;
  /** The run whose agent wrote it. */
  readonly writer?: string;
  /** The run that it starts, once that is queued. */
  readonly starts?: string;
  /** The steer's own run, used if the steer is missed. */
  readonly reserves?: string;
  readonly steers?: string;
  readonly steer?: 'unanswered' | 'applied' | 'missed';
  readonly agentName?: string;
  readonly config?: { readonly [key: string]: unknown };
  readonly placed: boolean;
  readonly ended: boolean;
  readonly removed: boolean;
  readonly openParts: number;
}

export type ToolStatus = 'input' | 'ready' | 'running' | 'ended';

export interface PartRecord {
  readonly partId: string;
  readonly messageId: string;
  readonly kind: string;
  /** The run whose agent wrote it. */
  readonly runId?: string;
  readonly stepId?: string;
  readonly ended: boolean;
  readonly dropped: boolean;
  readonly children: readonly string[];
  /** The fields of a part whose rules span several of them (file, source); others are not kept. */
  readonly fields?: { readonly [key: string]: unknown };
  readonly openRequest?: string;
  /** The outcome of the last approval, `open` while there is none. */
  readonly approval?: string;
  /** The input that the approver has put in place of the part's. */
  readonly editedInput?: unknown;
  readonly tool?: { readonly status: ToolStatus; readonly client: boolean; readonly idempotent: boolean; readonly term: number; readonly input?: unknown };
}

export type RunStatus = 'queued' | 'running' | 'suspended' | 'cancelling' | 'ended';

export interface RunRecord {
  readonly runId: string;
  readonly status: RunStatus;
  readonly parentId?: string;
  readonly parentRunId?: string;
  readonly messageId?: string;
  readonly agentName?: string;
  readonly tail?: string;
  readonly term: number;
  /** Principal and agent of the last `run.started`. */
  readonly holder?: { readonly principal: string; readonly agent: string };
  readonly agents: readonly string[];
  readonly children: readonly string[];
  readonly requests: readonly string[];
  /** Unanswered, the oldest first. */
  readonly steers: readonly string[];
  readonly reason?: CancelReason;
  readonly outcome?: RunOutcome;
}

export interface RequestRecord {
  readonly requestId: string;
  readonly opened: RequestOpened;
  readonly claim?: { readonly by: Actor; readonly claimant: string };
  readonly decision?: { readonly outcome: string; readonly by?: Actor; readonly seq: number };
}

export interface StepRecord {
  readonly stepId: string;
  readonly runId: string;
  readonly open: boolean;
  readonly parts: readonly string[];
}

/** The last append of a run's current term (APPEND-2). */
export interface AppendRecord {
  readonly runId: string;
  readonly term: number;
  readonly n: number;
  readonly digest: string;
  readonly from: number;
  readonly seq: number;
  /** The epoch of both. */
  readonly epoch: string;
}

/** What is not by id. Replaced as a whole. */
export interface Facts {
  readonly closed: boolean;
  readonly leafId?: string;
  /** Queued root runs, the next one first. */
  readonly queue: readonly string[];
  readonly activeRunId?: string;
  readonly queuedChildren: number;
  readonly document: unknown;
  readonly stateSeq: number;
}

const first: Facts = { closed: false, queue: [], queuedChildren: 0, document: {}, stateSeq: 0 };

/** The judging state of one session: tables with overlays, and the facts. */
export class SessionState {
  readonly messages = new Table<MessageRecord>();
  readonly parts = new Table<PartRecord>();
  readonly runs = new Table<RunRecord>();
  readonly requests = new Table<RequestRecord>();
  readonly steps = new Table<StepRecord>();
  /** Run ids that steers have reserved, by run id. */
  readonly reserved = new Table<string>();
  readonly appends = new Table<AppendRecord>();
  facts: Facts = first;
  /** The name of the log in which events are judged. */
  epoch = '';
  head = 0;
  #facts: Facts = first;
  #head = 0;

  commit(): void {
    for (const table of this.#tables()) table.commit();
    this.#facts = this.facts;
    this.#head = this.head;
  }

  rollback(): void {
    for (const table of this.#tables()) table.rollback();
    this.facts = this.#facts;
    this.head = this.#head;
  }

  #tables(): readonly Pick<Table<never>, 'commit' | 'rollback'>[] {
    return [this.messages, this.parts, this.runs, this.requests, this.steps, this.reserved, this.appends];
  }
}
