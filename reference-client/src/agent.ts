import { mintId } from './id.ts';
import type { Parts } from './parts.ts';
import { holdRun, type HeldRun, type HoldOptions } from './run/held-run.ts';
import { serveRuns, type RunHandler, type ServeOptions } from './run/serve.ts';
import type { Session, SessionOptions } from './session/handle.ts';
import { joinSession } from './session/join.ts';

/** How an agent joins a session. */
export interface AgentOptions extends SessionOptions {
  /** The id of this agent process; minted anew if left out, and never to be used again by another process (AGENT-11). */
  readonly agent?: string;
}

/** A session for an agent: it reads like everybody, claims runs and writes their output. */
export interface AgentSession extends Session {
  readonly agent: string;
  /**
   * Claims a run, or takes over a suspended one; throws CommandRejectedError, `already_claimed` for instance.
   *
   * After a takeover, the tools that a former agent had started and not ended are ended `indeterminate`, but for the
   * idempotent ones that `repeats` picks.
   *
   * @example const run = await worker.claim(runId); await run.end({ outcome: 'completed' });
   */
  claim(runId: string, options?: HoldOptions): Promise<HeldRun>;
  /**
   * Claims every run that may be claimed, one at a time, and has a handler work on it, until the session stops.
   *
   * A handler that returns without having ended or released its run completes it; one that throws fails it; one whose
   * run was cancelled meanwhile ends it `cancelled`.
   *
   * @example await worker.serve(async (run) => { await run.append(answer); });
   */
  serve(handler: RunHandler, options?: ServeOptions): Promise<void>;
}

/** Joins a session as an agent, with the parts of a client. */
export function agentWith(parts: Parts, { agent = mintId(), ...options }: AgentOptions): AgentSession {
  const session = joinSession(options, parts);
  const claimed = new Set<string>();
  /** A run is claimed once under one id, and anew under another (AGENT-34). */
  const idFor = (runId: string): string => {
    if (claimed.has(runId)) return mintId();
    claimed.add(runId);
    return agent;
  };
  return Object.assign(session, {
    agent,
    claim: (runId: string, holding?: HoldOptions) => holdRun(session, runId, holding?.agent ?? idFor(runId), holding),
    serve: (handler: RunHandler, serving?: ServeOptions) => serveRuns(session, idFor, handler, serving),
  });
}
