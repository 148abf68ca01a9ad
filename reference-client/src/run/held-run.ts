import type { AgentEvent, Run, RunEnded, ToolPartState } from '@durable-session/schemas';
import { CommandRejectedError, RunCancelledError, RunLostError, type SessionError } from '../errors.ts';
import { mintId } from '../id.ts';
import type { Accepted, Session } from '../session/handle.ts';
import { makeAppender, type Appended, type Claim } from './appender.ts';
import { keepLease } from './lease.ts';
import { unfinishedTools } from './takeover.ts';

/** How a run ends, as its agent says it. */
export type RunEnd = Pick<RunEnded, 'outcome' | 'finishReason' | 'text' | 'error' | 'result'>;

/** A run that this agent holds: its lease is renewed until it is ended, released, or lost. */
export interface HeldRun extends Claim {
  /**
   * Aborts when the agent must stop: with RunCancelledError, end the run with outcome `cancelled` once the work has
   * stopped; with RunLostError, write nothing more.
   */
  readonly signal: AbortSignal;
  /**
   * Appends events, all or none, exactly once; resolves when they are durable.
   *
   * Wait for it before the side effect of a tool whose `tool.started` it holds. Throws RunCancelledError,
   * RunLostError, or CommandRejectedError for a fault in the events, which no repeat repairs.
   *
   * @example await run.append([{ type: 'part.delta', partId, delta: 'Hello' }]);
   */
  append(events: readonly AgentEvent[]): Promise<Appended>;
  /** Ends the run. */
  end(how: RunEnd): Promise<Appended>;
  /** Gives the run back while somebody thinks (`waiting`), or for good (`released`); any agent may claim it later. */
  release(reason: 'waiting' | 'released'): Promise<Accepted>;
}

export interface HoldOptions {
  /** The id to claim under, where one process plays several agents; else that of the session. */
  readonly agent?: string;
  /** Whether to repeat a tool that a former agent had started and that is declared idempotent; by default none is (AGENT-29). */
  repeats?(tool: ToolPartState): boolean;
}

/** Rejections that say that this agent has nothing to write any more. */
const losses = new Set(['fenced', 'run_not_active', 'session_closed', 'not_found', 'gone']);

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Claims a run, or takes it over; throws CommandRejectedError when it is not to be had. */
export async function holdRun(session: Session, runId: string, agent: string, { repeats = () => false }: HoldOptions = {}): Promise<HeldRun> {
  const { result, position } = await session.command({ type: 'run.claim', id: mintId(), runId, agent });
  if (position !== undefined) await session.holding(position); // AGENT-30
  const run = hold(session, { runId, agent, term: numberOf(result['term']) }, numberOf(result['leaseMs']));
  const unfinished = unfinishedTools(session.view.state, runId).filter((tool) => !(tool.idempotent === true && repeats(tool)));
  if (unfinished.length > 0) {
    await run.append(unfinished.map(({ partId }) => ({ type: 'tool.ended', partId, outcome: 'indeterminate' }))); // AGENT-28
  }
  return run;
}

/** Holds a run under a claim that the server has granted. */
export function hold(session: Session, claim: Claim, leaseMs: number): HeldRun {
  const { runId, agent, term } = claim;
  const over = new AbortController();
  const appender = makeAppender(session, claim);
  const lease = keepLease(leaseMs, () => session.command({ type: 'run.renew', id: mintId(), ...claim }).catch(judge));
  let lost: SessionError | undefined;
  let seen: readonly Run[] | undefined;

  function lose(error: SessionError): SessionError {
    lost ??= error;
    lease.stop();
    ignore();
    over.abort(lost);
    return lost;
  }

  function cancelled(): RunCancelledError {
    const error = new RunCancelledError('The run is being cancelled: end it with outcome cancelled.');
    over.abort(error);
    return error;
  }

  /** Turns a rejection into what it means for the agent (AGENT-24), and throws it. */
  function judge(error: unknown): never {
    if (!(error instanceof CommandRejectedError)) throw error;
    if (losses.has(error.code)) throw lose(new RunLostError(error.code, error.message));
    throw error.code === 'run_cancelling' ? cancelled() : error;
  }

  const ignore = session.onChange(() => {
    const { state, connection, stop } = session.view;
    if (connection === 'stopped') return void lose(new RunLostError(stop?.code ?? 'session_closed', 'The session has stopped.'));
    if (state.runs === seen) return;
    seen = state.runs;
    const run = seen.find((each) => each.runId === runId);
    if (run === undefined) return;
    if (run.status === 'ended') lose(new RunLostError('run_not_active', 'The run has ended.'));
    else if (run.status === 'suspended' || run.agent !== agent || run.term !== term) lose(new RunLostError('fenced', 'The run is not held in this term any more.'));
    else if (run.status === 'cancelling') cancelled();
  });

  async function append(events: readonly AgentEvent[]): Promise<Appended> {
    if (lost !== undefined) throw lost;
    const appended = await appender.append(events).catch(judge);
    lease.renewed();
    return appended;
  }

  return {
    ...claim,
    signal: over.signal,
    append,
    end: (how) => append([{ type: 'run.ended', ...how }]),
    async release(reason) {
      const released = await session.command({ type: 'run.release', id: mintId(), ...claim, reason }).catch(judge);
      lose(new RunLostError('fenced', 'The run has been released.'));
      return released;
    },
  };
}
