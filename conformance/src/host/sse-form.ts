import { renderSseBlock } from '../wire/sse-codec.ts';
import type { JsonFields } from '../scenario/json.ts';

/** A legal form in which a scripted server writes an event stream (SSE-14). */
export interface SseForm {
  readonly lineEnd: '\n' | '\r' | '\r\n';
  readonly space: '' | ' ';
  /** Whether comments, `retry` fields and unknown fields stand between the blocks. */
  readonly isNoisy: boolean;
  /** The most bytes of one chunk; undefined for one chunk each block. */
  readonly chunkBytes?: number;
}

/** The form that most servers write. */
export const plainForm: SseForm = { lineEnd: '\n', space: '', isNoisy: false };

/** The string position that stands in the `id` of this frame, or undefined if none does (SSE-7, SSE-8, SSE-9). */
export const sseIdOf = (frame: JsonFields, epoch: string): string | undefined => {
  if (typeof frame['seq'] === 'number') return `${epoch}.${frame['seq']}`;
  const position: unknown = frame['type'] === 'synced' || (frame['type'] === 'snapshot' && frame['last'] === true) ? frame['position'] : undefined;
  if (typeof position !== 'object' || position === null || !('epoch' in position) || !('seq' in position)) return undefined;
  return `${String(position.epoch)}.${String(position.seq)}`;
};

/** Renders one block with the text of a frame as its data. */
export const renderSseFrame = (text: string, id: string | undefined, form: SseForm): string => {
  const noise = form.isNoisy ? renderSseBlock({ comment: 'noise', retryMs: 60_000 }, form.lineEnd, form.space) : '';
  return noise + renderSseBlock({ data: text, ...(id === undefined ? {} : { id }) }, form.lineEnd, form.space);
};
