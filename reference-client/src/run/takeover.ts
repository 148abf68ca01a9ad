import type { Run, State, ToolPartState } from '@durable-session/schemas';

/** The tools of a run that a former agent has started and not ended; those with an open request wait for their answer. */
export function unfinishedTools({ messages, requests }: State, runId: string): readonly ToolPartState[] {
  const asked = new Set(requests.map(({ partId }) => partId));
  return messages
    .filter((message) => message.runId === runId)
    .flatMap(({ parts }) => parts)
    .filter((part) => part.kind === 'tool')
    .filter(({ partId, status }) => status === 'running' && !asked.has(partId));
}

const isActive = ({ status }: Run): boolean => status === 'running' || status === 'suspended' || status === 'cancelling';

/** The runs that may be claimed now: suspended ones, queued child runs, and the first of the queue while no root run is active (AGENT-1). */
export function claimableRuns({ runs }: State): readonly Run[] {
  const roots = runs.filter(({ parentRunId }) => parentRunId === undefined);
  const queued = roots.filter(({ status }) => status === 'queued');
  // A run that is queued in front goes before all that are there.
  const queue = [...queued.filter(({ front }) => front === true).reverse(), ...queued.filter(({ front }) => front !== true)];
  const first = roots.some(isActive) ? [] : queue.slice(0, 1);
  const children = runs.filter(({ parentRunId, status }) => parentRunId !== undefined && status === 'queued');
  return [...runs.filter(({ status }) => status === 'suspended'), ...children, ...first];
}
