import { stringField, type JsonFields } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { finding, logsOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

interface Placed {
  readonly seq: number;
  readonly event: JsonFields;
  readonly entry: FrameEntry;
}

/** Every run ends at most once, with nothing of it afterwards; a cancelling run says no more; terms count up; a request is resolved once. */
export const runs: Oracle = {
  name: 'runs',
  cites: ['RUN-3', 'RUN-4', 'RUN-2', 'RUN-27', 'AGENT-3', 'REQUEST-9'],
  judge: (transcript) => [...logsOf(transcript).values()].flatMap((log) => judgeLog([...log].sort(([left], [right]) => left - right).map(([seq, placed]) => ({ seq, ...placed })))),
};

const closing = new Set(['part.ended', 'message.ended', 'step.ended', 'tool.ended', 'message.missed', 'usage.updated', 'run.ended', 'message.removed', 'run.cancelling']);

/** Which run an event belongs to, by its own `runId`, or by that of its message, part, step or request. */
function createOwners(): { ownerOf(event: JsonFields): string | undefined } {
  const owners = new Map<string, string>();
  const keys = ['messageId', 'partId', 'stepId', 'requestId'] as const;
  return {
    ownerOf(event) {
      const type = stringField(event, 'type') ?? '';
      // A message that starts or steers a run is not of it: it may be withdrawn and removed after the run's end.
      if (type === 'message.created' && event['role'] !== 'assistant') return undefined;
      const parent = keys.map((key) => stringField(event, key)).find((id) => id !== undefined && owners.has(id));
      const runId = stringField(event, 'runId') ?? (parent === undefined ? undefined : owners.get(parent));
      if (runId !== undefined && type !== 'run.queued' && type !== 'message.applied' && type !== 'message.missed') {
        for (const key of keys) {
          const id = stringField(event, key);
          if (id !== undefined && !owners.has(id)) owners.set(id, runId);
        }
      }
      return runId;
    },
  };
}

function judgeLog(log: readonly Placed[]): Finding[] {
  const ended = new Map<string, FrameEntry>();
  const cancelling = new Map<string, FrameEntry>();
  const terms = new Map<string, number>();
  const active = new Map<string, FrameEntry>();
  const children = new Set<string>();
  const resolved = new Map<string, FrameEntry>();
  const { ownerOf } = createOwners();
  const queued = new Set<string>();
  const found: Finding[] = [];
  let before = 0;
  for (const { seq, event, entry } of log) {
    if (seq !== before + 1) for (const known of [terms, active, queued]) known.clear(); // what a hole in what was seen may have changed
    before = seq;
    const type = stringField(event, 'type') ?? '';
    const runId = ownerOf(event);
    if (type === 'request.resolved') {
      const requestId = stringField(event, 'requestId') ?? '';
      found.push(finding(['REQUEST-9'], !resolved.has(requestId), [entry, resolved.get(requestId)], 'one request.resolved for a request', 'a second one'));
      resolved.set(requestId, entry);
    }
    if (runId === undefined) continue;
    const end = ended.get(runId);
    if (end !== undefined && type === 'run.ended') found.push(finding(['RUN-3'], false, [entry, end], 'one run.ended', 'a second one'));
    else if (end !== undefined && type !== 'message.removed' && type !== 'run.queued') found.push(finding(['RUN-4'], false, [entry, end], `nothing of ${runId} after its run.ended`, type));
    const cancel = cancelling.get(runId);
    if (cancel !== undefined && end === undefined) found.push(finding(['RUN-27'], closing.has(type) && (type !== 'run.ended' || event['outcome'] === 'cancelled'), [entry, cancel], 'closing events only', type));
    if (type === 'run.queued' && stringField(event, 'parentRunId') !== undefined) children.add(runId);
    if (type === 'run.queued') queued.add(runId);
    if (type === 'run.cancelling') cancelling.set(runId, entry);
    if (type === 'run.ended') {
      if (end === undefined) found.push(finding(['RUN-3', 'RUN-4'], true, [entry], 'one run.ended, and nothing after it'));
      ended.set(runId, entry);
      active.delete(runId);
    }
    if (type !== 'run.started') continue;
    const term = typeof event['term'] === 'number' ? event['term'] : 0;
    if (terms.has(runId) || queued.has(runId)) found.push(finding(['AGENT-3'], term === (terms.get(runId) ?? 0) + 1, [entry], `term ${(terms.get(runId) ?? 0) + 1}`, `${term}`));
    terms.set(runId, term);
    if (children.has(runId)) continue;
    const other = [...active].find(([id]) => id !== runId);
    found.push(finding(['RUN-2'], other === undefined, [entry, other?.[1]], 'one active root run', `${runId} beside ${other?.[0] ?? ''}`));
    active.set(runId, entry);
  }
  return found.filter(({ held }) => !held).length > 0 ? found : dedupe(found);
}

/** Of what held, one finding for each rule is evidence enough. */
function dedupe(found: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return found.filter(({ cites }) => {
    const key = cites.join();
    return seen.size !== seen.add(key).size;
  });
}

