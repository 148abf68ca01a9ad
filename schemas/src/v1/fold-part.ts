import { changeMessage, changePart, merge } from './change.ts';
import type { PartCreated, PartDelta, PartEnded, PartUpdated } from './content.ts';
import type { Part } from './part.ts';
import type { PartState, State, ToolPartState } from './session-state.ts';

/** A part as the state holds it at first (FOLD-18). */
export function openPart(part: Part, messageEnded: boolean): PartState {
  const ended = messageEnded || part.ended === true;
  const metadata = part.metadata ?? {};
  switch (part.kind) {
    case 'text':
      return { ...part, ended, metadata, text: part.text ?? '' };
    case 'reasoning':
      return { ...part, ended, metadata, text: part.text ?? '' };
    case 'tool':
      return Object.hasOwn(part, 'input')
        ? { ...part, ended: true, metadata, status: 'ready' }
        : { ...part, ended, metadata, status: 'input', inputText: '' };
    default:
      // A part of a kind that this revision does not know stands here too (PART-14).
      return { ...part, ended, metadata };
  }
}

// FOLD-18
export function foldPartCreated(state: State, event: PartCreated): State {
  const { seq, type, at, cause, by, messageId, ...part } = event;
  return changeMessage(state, messageId, (message) => ({ ...message, parts: [...message.parts, openPart(part, false)] }));
}

function grow(part: PartState, delta: string): PartState {
  if (part.kind === 'text' || part.kind === 'reasoning') return { ...part, text: part.text + delta };
  if (part.kind !== 'tool' || Object.hasOwn(part, 'input')) return part;
  return { ...part, inputText: (part.inputText ?? '') + delta };
}

// FOLD-19
export const foldPartDelta = (state: State, { partId, delta }: PartDelta): State => changePart(state, partId, (part) => grow(part, delta));

const settleInput = ({ inputText, ...tool }: ToolPartState): ToolPartState => {
  const hasInput = Object.hasOwn(tool, 'input');
  const status = tool.status === 'input' || tool.status === 'ready' ? (hasInput && tool.ended ? 'ready' : 'input') : tool.status;
  return { ...tool, status, ...(hasInput || inputText === undefined ? {} : { inputText }) };
};

const emptied = (part: PartState, name: string): unknown => {
  if (name === 'text') return '';
  return name === 'data' && part.kind === 'data' ? null : undefined;
};

// FOLD-20
export function foldPartUpdated(state: State, event: PartUpdated): State {
  const { seq, type, at, cause, by, partId, metadata, ...changes } = event;
  return changePart(state, partId, (part) => {
    const members = Object.entries({ ...part, ...changes, metadata: merge(part.metadata, metadata) })
      .map(([name, value]) => [name, value === null && Object.hasOwn(changes, name) ? emptied(part, name) : value] as const)
      .filter(([, value]) => value !== undefined);
    // The event was validated, and the server judged that the part still fits its kind (APPEND-32).
    const updated = Object.fromEntries(members) as unknown as PartState;
    return updated.kind === 'tool' ? settleInput(updated) : updated;
  });
}

// FOLD-21
export function foldPartEnded(state: State, event: PartEnded): State {
  return changePart(state, event.partId, (part) => {
    const citations = event.citations === undefined ? {} : { citations: event.citations };
    const ended = { ...part, ...citations, ended: true, metadata: merge(part.metadata, event.metadata) };
    if (ended.kind !== 'tool' || !Object.hasOwn(event, 'input')) return ended;
    const { inputText, ...tool } = ended;
    return { ...tool, input: event.input, status: tool.status === 'input' ? 'ready' : tool.status };
  });
}
