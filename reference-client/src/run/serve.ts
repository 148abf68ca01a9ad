import type { Run } from '@durable-session/schemas';
import { CommandRejectedError, IndeterminateError, RunCancelledError, RunLostError, SessionStoppedError } from '../errors.ts';
import type { Session } from '../session/handle.ts';
import { holdRun, type HeldRun, type HoldOptions } from './held-run.ts';
import { claimableRuns } from './takeover.ts';

/** Works on one run. */
export type RunHandler = (run: HeldRun) => Promise<void>;

export interface ServeOptions extends HoldOptions {
  /** Which of the claimable runs this agent can work on; by default those that ask for no name. */
  takes?(run: Run): boolean;
}

const unnamed = ({ agentName }: Run): boolean => agentName === undefined;

/** The next run to claim, once there is one; undefined when the session has stopped. */
function nextRun(session: Session, takes: (run: Run) => boolean, refused: ReadonlySet<string>): Promise<Run | undefined> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { connection, state } = session.view;
      const run = connection === 'live' ? claimableRuns(state).find((each) => takes(each) && !refused.has(keyOf(each))) : undefined;
      if (run === undefined && connection !== 'stopped') return;
      ignore();
      resolve(run);
    };
    const ignore = session.onChange(look);
    look();
  });
}

/** A refused claim is not repeated before the run has changed. */
const keyOf = ({ runId, status, term }: Run): string => `${runId} ${status} ${term}`;

async function work(run: HeldRun, handler: RunHandler): Promise<void> {
  try {
    await handler(run);
    if (!run.signal.aborted) await run.end({ outcome: 'completed', finishReason: 'stop' });
  } catch (error) {
    if (run.signal.aborted || error instanceof RunLostError || error instanceof RunCancelledError) return endCancelled(run);
    const message = error instanceof Error ? error.message : String(error);
    await run.end({ outcome: 'failed', error: { code: 'agent_failed', message, retryable: false } });
    return;
  }
  await endCancelled(run);
}

/** Ends a run that was cancelled, now that the work has stopped (AGENT-26). */
async function endCancelled(run: HeldRun): Promise<void> {
  if (run.signal.reason instanceof RunCancelledError) await run.end({ outcome: 'cancelled' });
}

/** Ends of the work on a run that are no fault of the handler: the run is somebody else's, or the session is over. */
const isLoss = (error: unknown): boolean =>
  error instanceof RunLostError || error instanceof SessionStoppedError || error instanceof CommandRejectedError || error instanceof IndeterminateError;

/** Claims runs one after the other and has them worked on, until the session stops. */
export async function serveRuns(session: Session, idFor: (runId: string) => string, handler: RunHandler, { takes = unnamed, ...holding }: ServeOptions = {}): Promise<void> {
  const refused = new Set<string>();
  for (let run = await nextRun(session, takes, refused); run !== undefined; run = await nextRun(session, takes, refused)) {
    refused.add(keyOf(run));
    try {
      await work(await holdRun(session, run.runId, idFor(run.runId), holding), handler);
    } catch (error) {
      if (!isLoss(error)) throw error; // somebody else has the run: the next one, then
    }
  }
}
