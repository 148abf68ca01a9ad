import { endAskedTool } from './ending.ts';
import { present } from './present.ts';
import { checkAgentsAnswer, checkChoice, checkOutcome } from './request.ts';
import { type Appended, checkRunId, forbidden, impossible, ownPart, type Scope } from './scope.ts';
import { idInUse, refuse, type Refusal } from './verdict.ts';

type Opened = Appended<'request.opened'>;

/** Judges `request.opened` (REQUEST-1 to REQUEST-6, REQUEST-24, REQUEST-28). */
export function appendRequestOpened(scope: Scope, event: Opened, index: number): Refusal | undefined {
  const { requestId, options = [] } = event;
  if (scope.draft.state.requests.has(requestId)) return idInUse('request', requestId);
  const seen = new Set<string>();
  for (const { optionId } of options) {
    if (seen.has(optionId)) return idInUse('request', requestId);
    seen.add(optionId);
  }
  const fault = checkRunId(scope, event) ?? checkKind(event) ?? checkPart(scope, event);
  if (fault) return fault;
  scope.draft.addOfAgent({ ...event, runId: scope.runId });
  if (event.automatic === true) scope.automatic.set(requestId, index);
  return undefined;
}

function checkKind({ kind, partId, options, automatic, expiresAt }: Opened): Refusal | undefined {
  if (options !== undefined && kind !== 'approval') return impossible('only an approval has options');
  if (kind === 'client_tool' && partId === undefined) return impossible('a client tool must name its part');
  return automatic === true && (kind === 'client_tool' || expiresAt !== undefined) ? impossible('an automatic decision is of no client tool, and does not expire') : undefined;
}

function checkPart(scope: Scope, { partId, kind }: Opened): Refusal | undefined {
  if (partId === undefined) return undefined;
  const part = ownPart(scope, partId);
  if (!part?.tool || part.openRequest !== undefined) return impossible(`partId must be a tool part of the run without an open request: got ${partId}`);
  const { status, client } = part.tool;
  if (kind === 'input') return status === 'ended' ? impossible('the tool must not have ended') : undefined;
  if (status !== 'ready') return impossible(`the tool must be ready: it is ${status}`);
  return kind === 'client_tool' && !client ? impossible('the executor of a client tool must be client') : undefined;
}

/** Judges an automatic decision: of a request that this append has opened for it (APPEND-24, REQUEST-25). */
export function appendRequestResolved(scope: Scope, event: Appended<'request.resolved'>): Refusal | undefined {
  const { requestId, outcome } = event;
  const request = scope.draft.state.requests.get(requestId);
  if (scope.resolved.has(requestId)) return impossible('a request has one decision');
  if (!request || !scope.automatic.has(requestId)) return forbidden('an agent resolves in an append only what it opened there as automatic');
  const fault = checkOutcome(request.opened.kind, outcome) ?? checkAgentsAnswer(request.opened, outcome) ?? checkChoice(request.opened, event);
  if (fault) return refuse('invalid_transition', fault.message);
  scope.draft.addOfAgent(event);
  scope.automatic.delete(requestId);
  scope.resolved.add(requestId);
  endAskedTool(scope.draft, request, outcome, present({ value: event.value, error: event.error }));
  return undefined;
}

/** Refuses an automatic request without its decision, at the index of its opening (REQUEST-24). */
export function checkAutomatic({ automatic }: Scope): Refusal | undefined {
  for (const index of automatic.values()) return refuse('invalid_transition', 'an automatic request must be resolved in the same append', { index });
  return undefined;
}
