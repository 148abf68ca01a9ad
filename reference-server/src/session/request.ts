import type { Actor, JsonObject, RequestClaim, RequestOpened, RequestRelease, RequestResolve } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { endAskedTool } from './ending.ts';
import { heldRun } from './holding.ts';
import { present } from './present.ts';
import type { RequestRecord } from './state.ts';
import { accepted, isRefusal, refuse, type Refusal, rejected, unknownTarget, unsuitable, type Verdict } from './verdict.ts';

/** The outcomes that a request of each kind may have by somebody's decision. */
const outcomes: { readonly [Kind in RequestOpened['kind']]: ReadonlySet<string> } = {
  approval: new Set(['approved', 'denied', 'cancelled']),
  input: new Set(['answered', 'denied', 'cancelled']),
  client_tool: new Set(['answered', 'failed', 'cancelled']),
};

/** Finds a request that is still to be decided (REQUEST-10). */
function openRequest({ state }: Draft, requestId: string): RequestRecord | Refusal {
  const request = state.requests.get(requestId);
  if (!request) return unknownTarget('request', requestId);
  const { decision } = request;
  return decision ? refuse('already_resolved', `the request must be open: ${requestId} is ${decision.outcome}`, { ...decision }) : request;
}

const isClaimant = ({ claim }: RequestRecord, sender: Actor, claimant: string | undefined): boolean =>
  claim !== undefined && claim.by.principal === sender.principal && claim.claimant === claimant;

const holder = ({ claim }: RequestRecord): JsonObject => (claim ? { ...claim } : {});

/** Judges `request.resolve` (REQUEST-10 to REQUEST-21, REQUEST-35). */
export function resolveRequest(draft: Draft, command: RequestResolve, sender: Actor): Verdict {
  const request = openRequest(draft, command.requestId);
  if (isRefusal(request)) return rejected(request);
  const { kind, url } = request.opened;
  const { outcome } = command;
  const fault = checkResolver(draft, request, command, sender) ?? checkOutcome(kind, outcome)
    ?? (sender.role === 'agent' && outcome === 'answered' && (kind !== 'input' || url === undefined) ? notAgents(outcome) : undefined) // REQUEST-50
    ?? checkChoice(request.opened, command);
  if (fault) return rejected(fault);
  const { requestId, optionId, value, editedInput, text, error } = command;
  draft.add(present({ type: 'request.resolved' as const, requestId, outcome, optionId, value, editedInput, text, error }));
  endAskedTool(draft, request, outcome, present({ value, error }));
  return accepted();
}

const notAgents = (outcome: string): Refusal => refuse('invalid_transition', `an agent must not resolve this request ${outcome}`, { status: 'open' });

/** An agent resolves for the run that it holds, a device the client tool that it has claimed. */
function checkResolver({ state }: Draft, request: RequestRecord, command: RequestResolve, sender: Actor): Refusal | undefined {
  const { agent, term, outcome, claimant } = command;
  if (sender.role === 'agent' && agent !== undefined && term !== undefined) {
    const run = heldRun(state, sender, { runId: request.opened.runId, agent, term });
    if (isRefusal(run)) return run;
  }
  if (request.opened.kind !== 'client_tool' || outcome === 'cancelled' || isClaimant(request, sender, claimant)) return undefined;
  return refuse('fenced', 'a client tool must be resolved by its claimant', holder(request));
}

/** Refuses an outcome that requests of this kind do not have (REQUEST-13). */
export function checkOutcome(kind: RequestOpened['kind'], outcome: string): Refusal | undefined {
  return outcomes[kind].has(outcome) ? undefined : refuse('invalid_transition', `a request of kind ${kind} is not resolved ${outcome}`, { status: 'open' });
}

/** Refuses what only people may make of an `input`: an agent gives it up, or has learned that its url was visited (REQUEST-25). */
export function checkAgentsAnswer({ kind, url }: RequestOpened, outcome: string): Refusal | undefined {
  const isAgents = kind !== 'input' || outcome === 'cancelled' || (outcome === 'answered' && url !== undefined);
  return isAgents ? undefined : notAgents(outcome);
}

/** Refuses an option or an edited input that does not suit the request (REQUEST-14 to REQUEST-16). */
export function checkChoice({ kind, options, editable }: RequestOpened, chosen: Pick<RequestResolve, 'optionId' | 'editedInput'> & { outcome: string }): Refusal | undefined {
  const { optionId, editedInput, outcome } = chosen;
  const mustChoose = options !== undefined && (outcome === 'approved' || outcome === 'denied');
  const option = options?.find((each) => each.optionId === optionId);
  if (mustChoose && option?.outcome !== outcome) return unsuitable('optionId', `optionId must name an option whose outcome is ${outcome}: got ${optionId}`);
  if (options === undefined && optionId !== undefined) return unsuitable('optionId', `a request without options must be resolved without optionId: got ${optionId}`);
  const mayEdit = kind === 'approval' && editable === true && outcome === 'approved';
  return editedInput !== undefined && !mayEdit ? unsuitable('editedInput', 'only an approved, editable approval takes an editedInput') : undefined;
}

/** Judges `request.claim` (REQUEST-29 to REQUEST-33). */
export function claimRequest(draft: Draft, { requestId, claimant }: RequestClaim, sender: Actor): Verdict {
  const request = openRequest(draft, requestId);
  if (isRefusal(request)) return rejected(request);
  const { leaseMs } = draft.limits;
  if (isClaimant(request, sender, claimant)) return { status: 'accepted', result: { leaseMs }, granted: true };
  if (request.claim) return rejected(refuse('already_claimed', 'the request must not be claimed', holder(request)));
  if (request.opened.kind !== 'client_tool') return rejected(refuse('invalid_transition', 'only a client tool is claimed', { status: 'open' }));
  draft.add({ type: 'request.claimed', requestId, claimant, leaseMs });
  return accepted({ leaseMs });
}

/** Judges `request.release` (REQUEST-34, REQUEST-36). */
export function releaseRequest(draft: Draft, { requestId, claimant }: RequestRelease, sender: Actor): Verdict {
  const request = openRequest(draft, requestId);
  if (isRefusal(request)) return rejected(request);
  if (!isClaimant(request, sender, claimant)) return rejected(refuse('fenced', 'a claim must be released by its holder', holder(request)));
  draft.add({ type: 'request.released', requestId, reason: 'released' });
  return accepted();
}
