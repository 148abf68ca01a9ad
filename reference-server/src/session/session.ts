import { applyPatch, type SessionClose, type SessionUpdate, type StatePatch } from '@durable-session/schemas';
import type { Draft } from './draft.ts';
import { endRun } from './ending.ts';
import { checkPlaced } from './message.ts';
import { present } from './present.ts';
import { checkDocument } from './document.ts';
import { accepted, refuse, rejected, unknownTarget, type Verdict } from './verdict.ts';

/** Judges `session.update` (SESSION-8 to SESSION-10). */
export function updateSession(draft: Draft, { title, leafId, metadata }: SessionUpdate): Verdict {
  if (leafId !== undefined && !draft.state.messages.has(leafId)) return rejected(unknownTarget('message', leafId));
  const fault = checkPlaced(draft, 'leafId', leafId);
  if (fault) return rejected(fault);
  draft.add(present({ type: 'session.updated' as const, title, leafId, metadata }));
  return accepted();
}

/** Judges `session.close`: the active run ends, then the queued ones, then the session (SESSION-11, SESSION-12). */
export function closeSession(draft: Draft, { text }: SessionClose): Verdict {
  const { activeRunId, queue } = draft.state.facts;
  for (const runId of activeRunId === undefined ? queue : [activeRunId, ...queue]) {
    const run = draft.state.runs.get(runId);
    if (run) endRun(draft, run, { outcome: 'cancelled', reason: 'session_closed' });
  }
  draft.add(present({ type: 'session.closed' as const, text }));
  return accepted();
}

/** Judges `state.patch` (STATE-1 to STATE-10). */
export function patchState(draft: Draft, { patch, ifStateSeq }: StatePatch): Verdict {
  const { document, stateSeq } = draft.state.facts;
  if (ifStateSeq !== undefined && ifStateSeq !== stateSeq) {
    return rejected(refuse('precondition_failed', `stateSeq must be ${ifStateSeq}: it is ${stateSeq}`, { stateSeq }));
  }
  const patched = applyPatch(document, patch);
  if (!patched.ok) return rejected(refuse('patch_failed', patched.message, { index: patched.index }));
  const large = checkDocument(draft, patched.value);
  if (large) return rejected(large);
  draft.add({ type: 'state.patched', patch });
  return accepted({ stateSeq: draft.state.facts.stateSeq });
}
