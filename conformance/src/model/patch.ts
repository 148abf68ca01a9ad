import { isFields, sameJson, type Json } from '../scenario/json.ts';

/** What a patch gives: the changed document, or the operation that does not apply, counted from 0. */
export type Patched = { readonly result: Json } | { readonly index: number };

/** Applies a patch as RFC 6902 says, whole or not at all; the document stays as it is. */
export function applyPatch(document: Json, patch: readonly Json[]): Patched {
  let result = document;
  for (const [index, operation] of patch.entries()) {
    const next = applyOperation(result, operation);
    if (next === undefined) return { index };
    result = next;
  }
  return { result };
}

// Everywhere below, undefined says that the operation does not apply.

function applyOperation(document: Json, operation: Json): Json | undefined {
  if (!isFields(operation)) return undefined;
  const { op, value } = operation;
  const path = parsePointer(operation['path']);
  if (path === undefined) return undefined;
  if (op === 'remove') return remove(document, path);
  if (op === 'move' || op === 'copy') return bring(document, op, parsePointer(operation['from']), path);
  if (value === undefined) return undefined;
  if (op === 'add') return add(document, path, value);
  const present = read(document, path);
  if (present === undefined) return undefined;
  if (op === 'test') return sameJson(present, value) ? document : undefined;
  if (op !== 'replace') return undefined;
  const without = path.length === 0 ? document : remove(document, path);
  return without === undefined ? undefined : add(without, path, value);
}

function bring(document: Json, op: 'move' | 'copy', from: readonly string[] | undefined, path: readonly string[]): Json | undefined {
  const value = from === undefined ? undefined : read(document, from);
  if (from === undefined || value === undefined) return undefined;
  if (op === 'copy') return add(document, path, value);
  if (sameJson(from, path)) return document;
  const without = remove(document, from);
  return without === undefined ? undefined : add(without, path, value);
}

function parsePointer(text: Json | undefined): readonly string[] | undefined {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/')) || /~(?![01])/.test(text)) return undefined;
  return text.split('/').slice(1).map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const indexOf = (token: string, end: number): number | undefined => (/^(0|[1-9][0-9]*)$/.test(token) && Number(token) < end ? Number(token) : undefined);

function child(document: Json, token: string): Json | undefined {
  if (isFields(document)) return Object.hasOwn(document, token) ? document[token] : undefined;
  if (!Array.isArray(document)) return undefined;
  const index = indexOf(token, document.length);
  return index === undefined ? undefined : document[index];
}

function read(document: Json, [token, ...rest]: readonly string[]): Json | undefined {
  if (token === undefined) return document;
  const found = child(document, token);
  return found === undefined ? undefined : read(found, rest);
}

/** The document with something else in the place that the token names; `from` entries makes `__proto__` a name like any other. STATE-16 */
function withChild(document: Json, token: string, value: Json): Json {
  if (Array.isArray(document)) return document.map((item: Json, index) => (index === Number(token) ? value : item));
  return Object.fromEntries([...Object.entries(isFields(document) ? document : {}).filter(([name]) => name !== token), [token, value]]);
}

function add(document: Json, [token, ...rest]: readonly string[], value: Json): Json | undefined {
  if (token === undefined) return value;
  if (rest.length > 0) {
    const found = child(document, token);
    const changed = found === undefined ? undefined : add(found, rest, value);
    return changed === undefined ? undefined : withChild(document, token, changed);
  }
  if (isFields(document)) return withChild(document, token, value);
  if (!Array.isArray(document)) return undefined;
  const index = token === '-' ? document.length : indexOf(token, document.length + 1);
  return index === undefined ? undefined : [...document.slice(0, index), value, ...document.slice(index)];
}

function remove(document: Json, [token, ...rest]: readonly string[]): Json | undefined {
  const found = token === undefined ? undefined : child(document, token);
  if (token === undefined || found === undefined) return undefined;
  if (rest.length > 0) {
    const changed = remove(found, rest);
    return changed === undefined ? undefined : withChild(document, token, changed);
  }
  if (Array.isArray(document)) return document.filter((_, index) => index !== Number(token));
  return Object.fromEntries(Object.entries(isFields(document) ? document : {}).filter(([name]) => name !== token));
}
