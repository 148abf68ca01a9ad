import type { KnownEvent } from '@durable-session/schemas';
import { applyMessageApplied, applyMessageCreated, applyMessageEnded, applyMessageMissed, applyMessageRemoved } from './apply-message.ts';
import { applyPartCreated, applyPartEnded, applyPartUpdated, applyStepEnded, applyStepStarted, applyToolEnded, applyToolStarted } from './apply-part.ts';
import { applyRequestClaimed, applyRequestOpened, applyRequestReleased, applyRequestResolved } from './apply-request.ts';
import { applyRunCancelling, applyRunEnded, applyRunQueued, applyRunStarted, applyRunSuspended } from './apply-run.ts';
import { applySessionClosed, applySessionUpdated, applyStatePatched, applyStateReplaced } from './apply-session.ts';
import type { SessionState } from './state.ts';

/**
 * Gives one event its effect on the judging state; an event that judging does not look at has none.
 * It takes the events of a log and those of a compacted log alike.
 */
export function apply(state: SessionState, event: KnownEvent): void {
  state.head = event.seq;
  switch (event.type) {
    case 'session.updated': return applySessionUpdated(state, event);
    case 'session.closed': return applySessionClosed(state);
    case 'message.created': return applyMessageCreated(state, event);
    case 'message.ended': return applyMessageEnded(state, event.messageId);
    case 'message.applied': return applyMessageApplied(state, event);
    case 'message.missed': return applyMessageMissed(state, event);
    case 'message.removed': return applyMessageRemoved(state, event.messageId);
    case 'part.created': return applyPartCreated(state, event);
    case 'part.updated': return applyPartUpdated(state, event);
    case 'part.ended': return applyPartEnded(state, event);
    case 'tool.started': return applyToolStarted(state, event);
    case 'tool.ended': return applyToolEnded(state, event.partId);
    case 'step.started': return applyStepStarted(state, event);
    case 'step.ended': return applyStepEnded(state, event);
    case 'run.queued': return applyRunQueued(state, event);
    case 'run.started': return applyRunStarted(state, event);
    case 'run.suspended': return applyRunSuspended(state, event.runId);
    case 'run.cancelling': return applyRunCancelling(state, event);
    case 'run.ended': return applyRunEnded(state, event);
    case 'request.opened': return applyRequestOpened(state, event);
    case 'request.claimed': return applyRequestClaimed(state, event);
    case 'request.released': return applyRequestReleased(state, event.requestId);
    case 'request.resolved': return applyRequestResolved(state, event);
    case 'state.replaced': return applyStateReplaced(state, event);
    case 'state.patched': return applyStatePatched(state, event);
    default: return undefined;
  }
}
