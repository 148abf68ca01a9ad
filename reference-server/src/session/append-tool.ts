import { canonicalJson } from '@durable-session/schemas';
import type { PartRecord } from './state.ts';
import { type Appended, impossible, ownPart, type Scope } from './scope.ts';
import { refuse, type Refusal } from './verdict.ts';

/** Judges `tool.started`: the approval first, then the tool (APPEND-35, APPEND-36). */
export function appendToolStarted(scope: Scope, event: Appended<'tool.started'>): Refusal | undefined {
  const part = ownPart(scope, event.partId);
  if (part?.approval !== undefined && part.approval !== 'approved') return refuse('approval_required', `the tool must be approved: its approval is ${part.approval}`);
  if (part?.approval === 'approved' && !isApprovedInput(part, event)) return refuse('approval_required', 'the tool must run the input that was approved'); // APPEND-49
  const tool = part?.openRequest === undefined ? part?.tool : undefined;
  const mayStart = tool && !tool.client && (tool.status === 'ready' || (tool.status === 'running' && tool.idempotent && tool.term < scope.term));
  if (!mayStart) return impossible(`the tool must be ready, and the agent's to run: ${event.partId} is not`);
  scope.draft.addOfAgent(event);
  return undefined;
}

/** What was approved is what was shown, or what the approver made of it. */
function isApprovedInput({ tool, editedInput }: PartRecord, { input = tool?.input }: Appended<'tool.started'>): boolean {
  const approved = editedInput === undefined ? tool?.input : editedInput;
  return input === approved || canonicalJson(input) === canonicalJson(approved);
}

export function appendToolProgress(scope: Scope, event: Appended<'tool.progress'>): Refusal | undefined {
  const part = ownPart(scope, event.partId);
  if (part?.tool?.status !== 'running' || part.openRequest !== undefined) return impossible(`the tool must be running: ${event.partId} is not`); // APPEND-37
  scope.draft.addOfAgent(event);
  return undefined;
}

export function appendToolEnded(scope: Scope, event: Appended<'tool.ended'>): Refusal | undefined {
  const part = ownPart(scope, event.partId);
  if (!part?.tool || part.tool.status === 'ended' || part.openRequest !== undefined) return impossible(`the tool must not have ended: ${event.partId}`); // APPEND-38
  scope.draft.addOfAgent(event);
  return undefined;
}
