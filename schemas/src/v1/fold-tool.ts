import { changePart } from './change.ts';
import type { State, ToolPartState } from './session-state.ts';
import type { ToolEnded, ToolProgress, ToolStarted } from './tool.ts';

const changeTool = (state: State, partId: string, change: (tool: ToolPartState) => ToolPartState): State =>
  changePart(state, partId, (part) => (part.kind === 'tool' ? change(part) : part));

/** Sets the status of a tool that is in status `from`; others stay as they are (FOLD-40, FOLD-41). */
export const moveTool = (state: State, partId: string | undefined, to: ToolPartState['status'], from?: ToolPartState['status']): State =>
  partId === undefined
    ? state
    : changeTool(state, partId, (tool) => (from === undefined || tool.status === from ? { ...tool, status: to } : tool));

// FOLD-22
export const foldToolStarted = (state: State, event: ToolStarted): State =>
  changeTool(state, event.partId, ({ progress, output, ...tool }) => {
    if (!Object.hasOwn(event, 'input')) return { ...tool, status: 'running' };
    const { inputText, ...rest } = tool;
    return { ...rest, status: 'running', input: event.input };
  });

// FOLD-23
export function foldToolProgress(state: State, event: ToolProgress): State {
  const { progress, total, message } = event;
  return changeTool(state, event.partId, (tool) => ({
    ...tool,
    progress: {
      ...(progress === undefined ? {} : { progress }),
      ...(total === undefined ? {} : { total }),
      ...(message === undefined ? {} : { message }),
    },
    ...(Object.hasOwn(event, 'output') ? { output: event.output } : {}),
  }));
}

// FOLD-24
export const foldToolEnded = (state: State, event: ToolEnded): State =>
  changeTool(state, event.partId, ({ progress, output, ...tool }) => ({
    ...tool,
    status: 'ended',
    ended: true,
    outcome: event.outcome,
    ...(Object.hasOwn(event, 'output') ? { output: event.output } : {}),
    ...(event.error === undefined ? {} : { error: event.error }),
  }));
