/** One block of an event stream as it arrived: the fields up to an empty line, with what only the wire shows (how many data lines, whether an id was there). */
export interface SseBlock {
  readonly kind: 'block';
  /** The value of the last `id` field of this block; absent when the block has none. */
  readonly id?: string;
  readonly event?: string;
  /** The data lines joined by a line feed; absent when the block has none, and then EventSource dispatches nothing. */
  readonly data?: string;
  readonly dataLines: number;
  readonly retryMs?: number;
}

/** One finding in an event stream. */
export type SseItem = SseBlock | { readonly kind: 'comment'; readonly text: string };

/** A block to write; `lineEnd` and `space` choose among the legal forms. */
export interface OutgoingSseBlock {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retryMs?: number;
  readonly comment?: string;
}

/** Renders one block; each line of the data gets its own `data` field. */
export const renderSseBlock = (block: OutgoingSseBlock, lineEnd: '\n' | '\r' | '\r\n' = '\n', space: '' | ' ' = ''): string => {
  const field = (name: string, value: string | undefined): string[] => (value === undefined ? [] : value.split('\n').map((line) => `${name}:${space}${line}${lineEnd}`));
  const retry = block.retryMs === undefined ? undefined : String(block.retryMs);
  return [...field('', block.comment), ...field('id', block.id), ...field('event', block.event), ...field('retry', retry), ...field('data', block.data), lineEnd].join('');
};

interface Fields {
  id?: string;
  event?: string;
  data: string[];
  retryMs?: number;
  count: number;
}

const blockOf = ({ data, count, ...fields }: Fields): SseItem[] =>
  count === 0 ? [] : [{ kind: 'block', ...fields, ...(data.length === 0 ? {} : { data: data.join('\n') }), dataLines: data.length }];

const addField = (fields: Fields, name: string, value: string): Fields => {
  const counted = { ...fields, count: fields.count + 1 };
  switch (name) {
    case 'data':
      return { ...counted, data: [...fields.data, value] };
    case 'id':
      return value.includes('\0') ? counted : { ...counted, id: value };
    case 'event':
      return { ...counted, event: value };
    case 'retry':
      return /^\d+$/.test(value) ? { ...counted, retryMs: Number(value) } : counted;
    default:
      return fields;
  }
};

/**
 * Creates an incremental decoder of an event stream, as WHATWG HTML defines its grammar.
 *
 * Each call takes the bytes that arrived and returns what they complete: CR, LF and CRLF end lines, also when CR and LF come in different chunks; a BOM at the start and UTF-8 characters split between chunks are whole again. A block that
 * no empty line has ended is never returned.
 */
export const createSseDecoder = (): ((chunk: Uint8Array) => SseItem[]) => {
  const text = new TextDecoder('utf-8');
  // Pieces of a line that is not yet ended; joined only then, so that one byte at a time stays linear.
  let pieces: string[] = [];
  let afterReturn = false;
  let fields: Fields = { data: [], count: 0 };

  const readLine = (line: string): SseItem[] => {
    if (line === '') {
      const block = blockOf(fields);
      fields = { data: [], count: 0 };
      return block;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return [{ kind: 'comment', text: line.slice(1).replace(/^ /, '') }];
    fields = colon === -1 ? addField(fields, line, '') : addField(fields, line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
    return [];
  };

  return (chunk) => {
    const decoded = text.decode(chunk, { stream: true });
    // The LF of a CRLF whose CR ended the chunk before ends no second line.
    const fresh = afterReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    if (decoded !== '') afterReturn = decoded.endsWith('\r');
    const [first = '', ...others] = fresh.split(/\r\n|\n|\r/);
    pieces.push(first);
    if (others.length === 0) return [];
    const lines = [pieces.join(''), ...others.slice(0, -1)];
    pieces = others.slice(-1);
    return lines.flatMap(readLine);
  };
};
