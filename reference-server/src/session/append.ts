import { type Actor, type AgentEvent, type EventsAppend, wireTypeOf } from '@durable-session/schemas';
import { appendMessage, appendMessageApplied, appendMessageEnded, appendMessageMissed, appendMessageUpdated } from './append-message.ts';
import { appendPart, appendPartDelta, appendPartEnded, appendPartUpdated } from './append-part.ts';
import { appendRequestOpened, appendRequestResolved, checkAutomatic } from './append-request.ts';
import { appendOwn, appendRunEnded, appendStatePatched, appendStateReplaced, appendStepEnded, appendStepStarted } from './append-run.ts';
import { appendToolEnded, appendToolProgress, appendToolStarted } from './append-tool.ts';
import type { Draft } from './draft.ts';
import { heldRun, isHolder, runCancelling } from './holding.ts';
import { forbidden, type Scope } from './scope.ts';
import { accepted, isRefusal, noop, refuse, type Refusal, rejected, type Verdict } from './verdict.ts';

/** What a cancelling run still takes (APPEND-15). */
const closing: ReadonlySet<string> = new Set(['part.ended', 'message.ended', 'step.ended', 'tool.ended', 'message.missed', 'usage.updated', 'run.ended']);

/**
 * Tells what a repeat, a late packet or a clash of `n` gets, before role and status are looked at;
 * undefined for an append that is to be judged (APPEND-4 to APPEND-6, APPEND-9).
 */
export function judgeRepeatedAppend({ state }: Draft, command: EventsAppend, sender: Actor, digest: string): Verdict | undefined {
  const run = state.runs.get(command.runId);
  const last = state.appends.get(command.runId);
  if (!run || !last || !isHolder(run, sender, command) || last.term !== run.term || command.n > last.n) return undefined;
  if (command.n < last.n) return noop();
  const { n, from, seq } = last;
  if (last.digest === digest) return accepted({ from, seq });
  return rejected(refuse('idempotency_conflict', `n ${n} must repeat the same events`, { n, from, seq }));
}

/** Judges `events.append`: all events in their order, or none. */
export function appendEvents(draft: Draft, command: EventsAppend, sender: Actor, digest: string): Verdict {
  const { state } = draft;
  const run = heldRun(state, sender, command);
  if (isRefusal(run)) return rejected(run);
  // The shape of each event was judged with the frame (APPEND-13).
  const events = command.events as readonly AgentEvent[];
  if (run.status === 'cancelling' && events.some(isOutput)) return rejected(runCancelling(run));
  const last = state.appends.get(run.runId);
  const next = last?.term === run.term ? last.n + 1 : 1;
  if (command.n > next) return rejected(refuse('out_of_order', `n must be ${next}: got ${command.n}`, { next }));

  const from = state.head + 1;
  const scope: Scope = { draft, runId: run.runId, term: run.term, automatic: new Map(), resolved: new Set() };
  for (const [index, event] of events.entries()) {
    draft.index = index;
    const fault = scope.ended === true ? afterEnd() : appendEvent(scope, event, index);
    if (fault) return rejected(atIndex(fault, index));
  }
  const open = checkAutomatic(scope);
  if (open) return rejected(open);
  state.appends.set(run.runId, { runId: run.runId, term: run.term, n: command.n, digest, from, seq: state.head, epoch: state.epoch });
  return accepted({ from, seq: state.head });
}

const isOutput = (event: AgentEvent): boolean => !closing.has(event.type) || (event.type === 'run.ended' && event.outcome !== 'cancelled');

const afterEnd = (): Refusal => refuse('invalid_transition', 'run.ended must be the last event of an append'); // APPEND-41

/** Names the event that does not pass; of a patch the operation too (STATE-9). */
function atIndex({ code, message, details }: Refusal, index: number): Refusal {
  if (code === 'patch_failed') return refuse(code, message, { index, operation: details?.['index'] });
  if (code === 'id_in_use' || code === 'limit_exceeded') return refuse(code, message, { ...details, index });
  return refuse(code, message, { index });
}

/** Judges one event against the state that those before it leave, and adds it, with what the server adds to it. */
function appendEvent(scope: Scope, event: AgentEvent, index: number): Refusal | undefined {
  const { profile = 'core' } = wireTypeOf(event.type) ?? {};
  // Whoever appends is an agent, from outside or built in.
  if (profile !== 'agents' && !scope.draft.claims(profile)) return forbidden(`events of the profile ${profile} are not taken: got ${event.type}`); // APPEND-21
  switch (event.type) {
    case 'part.delta': return appendPartDelta(scope, event);
    case 'part.created': return appendPart(scope, event);
    case 'part.updated': return appendPartUpdated(scope, event);
    case 'part.ended': return appendPartEnded(scope, event);
    case 'message.created': return appendMessage(scope, event);
    case 'message.updated': return appendMessageUpdated(scope, event);
    case 'message.ended': return appendMessageEnded(scope, event);
    case 'message.applied': return appendMessageApplied(scope, event);
    case 'message.missed': return appendMessageMissed(scope, event);
    case 'tool.started': return appendToolStarted(scope, event);
    case 'tool.progress': return appendToolProgress(scope, event);
    case 'tool.ended': return appendToolEnded(scope, event);
    case 'step.started': return appendStepStarted(scope, event);
    case 'step.ended': return appendStepEnded(scope, event);
    case 'run.updated': case 'usage.updated': case 'notice': return appendOwn(scope, event);
    case 'run.ended': return appendRunEnded(scope, event);
    case 'request.opened': return appendRequestOpened(scope, event, index);
    case 'request.resolved': return appendRequestResolved(scope, event);
    case 'state.replaced': return appendStateReplaced(scope, event);
    case 'state.patched': return appendStatePatched(scope, event);
    default: return appendVendor(scope, event);
  }
}

function appendVendor({ draft }: Scope, event: { readonly type: string }): Refusal | undefined {
  if (!event.type.startsWith('x.')) return refuse('forbidden_event', `an agent must not append ${event.type}`); // APPEND-20
  draft.addOfAgent(event);
  return undefined;
}
