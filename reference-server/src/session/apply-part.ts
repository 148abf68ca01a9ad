import type { JsonObject, Part, PartCreated, PartEnded, PartUpdated, StepEnded, StepStarted, ToolStarted } from '@durable-session/schemas';
import { changeMessage } from './apply-message.ts';
import { present } from './present.ts';
import type { PartRecord, SessionState, ToolStatus } from './state.ts';

type Tool = NonNullable<PartRecord['tool']>;

/** The kinds of part whose rules span several fields, so that an update is judged with what is there. */
const spanning: ReadonlySet<string> = new Set(['file', 'source']);

export function applyPartCreated(state: SessionState, event: PartCreated): void {
  addPart(state, event.messageId, state.messages.get(event.messageId)?.writer, event);
}

/** Adds a part to a message, as `part.created` or as one of the parts of `message.created`. */
export function addPart(state: SessionState, messageId: string, runId: string | undefined, part: Part): void {
  const { partId, kind, stepId, parentPartId } = part;
  const tool = part.kind === 'tool' ? createdTool(part.input, part.executor === 'client', part.idempotent === true) : undefined;
  const ended = part.ended === true || tool?.status === 'ready';
  const fields = spanning.has(kind) ? fieldsOf(part) : undefined;
  state.parts.set(partId, present({ partId, messageId, kind, runId, stepId, ended, dropped: false, children: [], fields, tool }));
  if (!ended) countOpen(state, messageId, 1);
  const parent = parentPartId === undefined ? undefined : state.parts.get(parentPartId);
  if (parent) state.parts.set(parent.partId, { ...parent, children: [...parent.children, partId] });
  const step = stepId === undefined ? undefined : state.steps.get(stepId);
  if (step) state.steps.set(step.stepId, { ...step, parts: [...step.parts, partId] });
}

const createdTool = (input: unknown, client: boolean, idempotent: boolean): Tool =>
  ({ status: input === undefined ? 'input' : 'ready', client, idempotent, term: 0, ...(input === undefined ? {} : { input }) });

function fieldsOf(part: Part): JsonObject {
  const fields: JsonObject = {};
  for (const name of ['fileId', 'url', 'data', 'title']) if (name in part) fields[name] = true;
  return fields;
}

function countOpen(state: SessionState, messageId: string, change: number): void {
  const message = state.messages.get(messageId);
  if (message) changeMessage(state, messageId, { openParts: message.openParts + change });
}

/** Changes a part, and keeps the count of its message's open parts. */
export function changePart(state: SessionState, part: PartRecord, change: Partial<PartRecord>): void {
  if (change.ended === true && !part.ended) countOpen(state, part.messageId, -1);
  state.parts.set(part.partId, { ...part, ...change });
}

/** Changes the execution of a tool part. */
export function changeTool(state: SessionState, partId: string, change: (tool: Tool) => Partial<Tool>): void {
  const part = state.parts.get(partId);
  if (part?.tool) changePart(state, part, { tool: { ...part.tool, ...change(part.tool) } });
}

/** Ends the parts that came inside an ended message (FOLD-12); its tools keep their status. */
export function endParts(state: SessionState, parts: readonly Part[]): void {
  for (const { partId } of parts) {
    const part = state.parts.get(partId);
    if (part) changePart(state, part, { ended: true });
  }
}

const ready = (tool: Tool, ended: boolean): ToolStatus =>
  tool.status === 'running' || tool.status === 'ended' ? tool.status : tool.input !== undefined && ended ? 'ready' : 'input';

export function applyPartUpdated(state: SessionState, event: PartUpdated): void {
  const part = state.parts.get(event.partId);
  if (!part) return;
  const fields = part.fields ? { ...part.fields } : undefined;
  if (fields) for (const name of Object.keys(event)) fields[name] = event[name as keyof PartUpdated] === null ? undefined : true;
  changePart(state, part, { ...(fields ? { fields } : {}), ...(part.tool ? { tool: updatedTool(part.tool, part.ended, event) } : {}) });
}

function updatedTool(tool: Tool, ended: boolean, event: PartUpdated): Tool {
  const { input: _, ...kept } = tool;
  const input = event.input === undefined ? tool.input : (event.input ?? undefined);
  const changed = {
    ...kept,
    client: event.executor === undefined ? tool.client : event.executor === 'client',
    idempotent: event.idempotent === undefined ? tool.idempotent : event.idempotent === true,
    ...(input === undefined ? {} : { input }),
  };
  return { ...changed, status: ready(changed, ended) };
}

export function applyPartEnded(state: SessionState, event: PartEnded): void {
  const part = state.parts.get(event.partId);
  if (!part) return;
  changePart(state, part, { ended: true });
  changeTool(state, event.partId, (tool) => {
    const changed = event.input === undefined ? tool : { ...tool, input: event.input };
    return { ...changed, status: ready(changed, true) };
  });
}

export function applyToolStarted(state: SessionState, event: ToolStarted): void {
  const part = state.parts.get(event.partId);
  const term = part?.runId === undefined ? 0 : (state.runs.get(part.runId)?.term ?? 0);
  changeTool(state, event.partId, () => ({ status: 'running', term, ...(event.input === undefined ? {} : { input: event.input }) }));
}

export function applyToolEnded(state: SessionState, partId: string): void {
  const part = state.parts.get(partId);
  if (part?.tool) changePart(state, part, { ended: true, tool: { ...part.tool, status: 'ended' } });
}

export function applyStepStarted(state: SessionState, event: StepStarted): void {
  state.steps.set(event.stepId, { stepId: event.stepId, runId: event.runId, open: true, parts: [] });
}

export function applyStepEnded(state: SessionState, event: StepEnded): void {
  const step = state.steps.get(event.stepId);
  if (!step) return;
  state.steps.set(step.stepId, { ...step, open: false });
  if (event.outcome === 'superseded') for (const partId of step.parts) dropPart(state, partId);
}

/** A dropped part keeps its id in use (PART-19) and takes its children with it (PART-15). */
function dropPart(state: SessionState, partId: string): void {
  const part = state.parts.get(partId);
  if (!part || part.dropped) return;
  changePart(state, part, { ended: true });
  state.parts.set(partId, { ...part, ended: true, dropped: true });
  for (const child of part.children) dropPart(state, child);
}
