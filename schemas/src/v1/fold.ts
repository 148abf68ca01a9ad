import { changeMessage, changeRun, merge } from './change.ts';
import { foldMessageApplied, foldMessageCreated, foldMessageMissed, foldMessageRemoved } from './fold-message.ts';
import { foldPartCreated, foldPartDelta, foldPartEnded, foldPartUpdated } from './fold-part.ts';
import { foldRequestClaimed, foldRequestOpened, foldRequestReleased, foldRequestResolved } from './fold-request.ts';
import {
  foldRunCancelling, foldRunEnded, foldRunQueued, foldRunStarted, foldStepEnded, foldStepStarted, foldUsageUpdated,
} from './fold-run.ts';
import { foldSessionCreated, foldSessionUpdated, foldStatePatched } from './fold-session.ts';
import { foldToolEnded, foldToolProgress, foldToolStarted } from './fold-tool.ts';
import type { Event, KnownEvent } from './frame.ts';
import type { State } from './session-state.ts';

/**
 * Gives the state after one more event: the executable meaning of the log (spec/v1/fold.md).
 *
 *   state ──▶ fold(state, event) ──▶ the next state, sharing with the one before what the event leaves alone
 *
 * It is total and pure: an event of an unknown type, or about something that the state does not hold, gives the same
 * state back, the very object (FOLD-4, FOLD-5). It judges nothing: whether an event was legal is for whoever appends it.
 */
export function fold(state: State, event: Event): State {
  // Types outside of the union end in `default`, so nothing is trusted about them.
  const known = event as KnownEvent;
  switch (known.type) {
    case 'part.delta':
      return foldPartDelta(state, known);
    case 'session.created':
      return foldSessionCreated(state, known);
    case 'session.updated':
      return foldSessionUpdated(state, known);
    case 'session.closed': // FOLD-11
      return { ...state, session: { ...state.session, closed: true } };
    case 'message.created':
      return foldMessageCreated(state, known);
    case 'message.updated': // FOLD-14
      return changeMessage(state, known.messageId, (message) => ({ ...message, metadata: merge(message.metadata, known.metadata) }));
    case 'message.ended': // FOLD-15
      return changeMessage(state, known.messageId, (message) => ({ ...message, ended: true }));
    case 'message.applied':
      return foldMessageApplied(state, known);
    case 'message.missed':
      return foldMessageMissed(state, known);
    case 'message.removed':
      return foldMessageRemoved(state, known);
    case 'part.created':
      return foldPartCreated(state, known);
    case 'part.updated':
      return foldPartUpdated(state, known);
    case 'part.ended':
      return foldPartEnded(state, known);
    case 'tool.started':
      return foldToolStarted(state, known);
    case 'tool.progress':
      return foldToolProgress(state, known);
    case 'tool.ended':
      return foldToolEnded(state, known);
    case 'run.queued':
      return foldRunQueued(state, known);
    case 'run.started':
      return foldRunStarted(state, known);
    case 'run.updated': // FOLD-28
      return changeRun(state, known.runId, (run) => ({ ...run, metadata: merge(run.metadata, known.metadata) }));
    case 'run.suspended': // FOLD-29
      return changeRun(state, known.runId, (run) => ({ ...run, status: 'suspended', reason: known.reason }));
    case 'run.cancelling':
      return foldRunCancelling(state, known);
    case 'run.ended':
      return foldRunEnded(state, known);
    case 'step.started':
      return foldStepStarted(state, known);
    case 'step.ended':
      return foldStepEnded(state, known);
    case 'request.opened':
      return foldRequestOpened(state, known);
    case 'request.claimed':
      return foldRequestClaimed(state, known);
    case 'request.released':
      return foldRequestReleased(state, known);
    case 'request.resolved':
      return foldRequestResolved(state, known);
    case 'state.replaced': // FOLD-43
      return { ...state, state: known.state, stateSeq: known.seq };
    case 'state.patched':
      return foldStatePatched(state, known);
    case 'usage.updated':
      return foldUsageUpdated(state, known);
    case 'notice':
      return state;
    default:
      return known satisfies never, state;
  }
}
