/** Why a text was refused; `path` is the JSON Pointer of what is wrong. */
export interface ParseError {
  /** A code of the registry: how the server answers it. */
  readonly code: 'invalid_frame' | 'frame_too_large' | 'invalid_command' | 'unsupported_command';
  readonly message: string;
  readonly path: string;
  /** The id of a command, where an ack can still answer it. */
  readonly id?: string;
  /** The place of the event that is wrong, in `events.append`. */
  readonly index?: number;
}

export type ParseResult<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ParseError };

export interface ParseJsonOptions {
  /** Deepest nesting of objects and arrays that is read; the outermost counts 1. */
  readonly maxDepth: number;
  /** What happens to a member named `__proto__`; refused unless this says otherwise. */
  readonly protoKeys?: 'refused' | 'kept';
}

const quote = 34;
const backslash = 92;

/** Counts what JSON.parse does not tell: the colons outside of strings, and the depth. It trusts nothing about the text. */
function scan(text: string): { readonly colons: number; readonly depth: number } {
  let colons = 0;
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        for (at++; at < text.length; at++) {
          const unit = text.charCodeAt(at);
          if (unit === quote) break;
          if (unit === backslash) at++;
        }
        break;
      case 58: // :
        colons++;
        break;
      case 91: // [
      case 123: // {
        if (++depth > deepest) deepest = depth;
        break;
      case 93: // ]
      case 125: // }
        depth--;
        break;
    }
  }
  return { colons, depth: deepest };
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** One walk over a parsed value: counts members, and stops at the first thing that I-JSON or the options forbid. */
class Inspection {
  members = 0;
  finding: { readonly path: string; readonly message: string } | undefined;
  readonly #protoKeys: 'refused' | 'kept';

  constructor(protoKeys: 'refused' | 'kept') {
    this.#protoKeys = protoKeys;
  }

  visit(value: unknown, path: () => string): void {
    if (this.finding !== undefined) return;
    if (typeof value === 'string') this.#string(value, path);
    else if (typeof value === 'number') this.#number(value, path);
    else if (Array.isArray(value)) value.forEach((item, index) => this.visit(item, () => `${path()}/${index}`));
    else if (typeof value === 'object' && value !== null) this.#object(value, path);
  }

  #string(value: string, path: () => string): void {
    if (!value.isWellFormed()) this.finding = { path: path(), message: 'a string must be Unicode without lone surrogates' };
  }

  #number(value: number, path: () => string): void {
    if (!Number.isFinite(value)) this.finding = { path: path(), message: 'a number must fit an IEEE 754 double' };
  }

  #object(value: object, path: () => string): void {
    for (const [key, member] of Object.entries(value)) {
      this.members++;
      const memberPath = (): string => `${path()}/${escaped(key)}`;
      this.#string(key, memberPath);
      if (key === '__proto__' && this.#protoKeys === 'refused') this.finding = { path: memberPath(), message: 'a member must not be named __proto__' };
      this.visit(member, memberPath);
    }
  }
}

const refused = (code: ParseError['code'], message: string, path = ''): { readonly ok: false; readonly error: ParseError } => ({
  ok: false,
  error: { code, message, path },
});

/**
 * Reads a text as I-JSON (RFC 7493).
 * Refuses what is not JSON, what is nested too deep (before anything is built of it), duplicate member names,
 * lone surrogates, numbers beyond a double and, unless kept, members named `__proto__`. Never throws.
 */
export function parseJson(text: string, options: ParseJsonOptions): ParseResult<unknown> {
  const { colons, depth } = scan(text);
  if (depth > options.maxDepth) return refused('frame_too_large', `depth must be at most ${options.maxDepth}: got ${depth}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The engine's own message may quote the text, and so a token (ERROR-7): only the place is told.
    const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    return refused('invalid_frame', position === undefined ? 'must be JSON' : `must be JSON: it is not at character ${position}`);
  }
  const inspection = new Inspection(options.protoKeys ?? 'refused');
  inspection.visit(value, () => '');
  if (inspection.finding !== undefined) return refused('invalid_frame', inspection.finding.message, inspection.finding.path);
  // JSON.parse keeps the last of two members of one name, so fewer members than colons means a duplicate.
  if (inspection.members !== colons) return refused('invalid_frame', 'an object must not name a member twice');
  return { ok: true, value };
}
