import { arrayIndex, isObject, lookUp, parsePointer } from './json-pointer.ts';
import type { PatchOperation } from './state.ts';

/** The patched value, or the place in the patch of the operation that does not apply. */
export type PatchResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly index: number; readonly message: string };

/** An operation that does not apply; it never leaves this file. */
class DoesNotApply extends Error {}

const fail = (message: string): never => {
  throw new DoesNotApply(message);
};

const tokensOf = (pointer: string): string[] => parsePointer(pointer) ?? fail(`path must be a JSON Pointer: got ${pointer}`);

function valueAt(document: unknown, pointer: string): unknown {
  const { found, value } = lookUp(document, tokensOf(pointer));
  return found ? value : fail(`nothing stands at ${pointer}`);
}

/** Copies the containers on the way to a place, and lets `change` make the new one of the last. Member names are data: `__proto__` too (STATE-16). */
function changeAt(container: unknown, tokens: readonly string[], pointer: string, change: (parent: unknown, token: string) => unknown): unknown {
  const [token = '', ...rest] = tokens;
  if (rest.length === 0) return change(container, token);
  const { found, value } = lookUp(container, [token]);
  if (!found) return fail(`nothing stands on the way to ${pointer}`);
  const changed = changeAt(value, rest, pointer, change);
  return Array.isArray(container) ? container.with(Number(token), changed) : { ...(isObject(container) ? container : {}), [token]: changed };
}

function add(document: unknown, pointer: string, value: unknown): unknown {
  const tokens = tokensOf(pointer);
  if (tokens.length === 0) return value;
  return changeAt(document, tokens, pointer, (parent, token) => {
    if (isObject(parent)) return { ...parent, [token]: value };
    if (!Array.isArray(parent)) return fail(`the parent of ${pointer} must be an object or an array`);
    const index = token === '-' ? parent.length : arrayIndex(token, parent.length);
    return index === undefined ? fail(`${pointer} must be an index from 0 to ${parent.length}`) : parent.toSpliced(index, 0, value);
  });
}

function replace(document: unknown, pointer: string, value: unknown): unknown {
  valueAt(document, pointer);
  const tokens = tokensOf(pointer);
  if (tokens.length === 0) return value;
  return changeAt(document, tokens, pointer, (parent, token) =>
    Array.isArray(parent) ? parent.with(Number(token), value) : { ...(isObject(parent) ? parent : {}), [token]: value },
  );
}

function remove(document: unknown, pointer: string): unknown {
  valueAt(document, pointer);
  const tokens = tokensOf(pointer);
  if (tokens.length === 0) return fail('the whole document can not be removed');
  return changeAt(document, tokens, pointer, (parent, token) => {
    if (Array.isArray(parent)) return parent.toSpliced(Number(token), 1);
    const { [token]: _, ...rest } = isObject(parent) ? parent : {};
    return rest;
  });
}

function move(document: unknown, from: string, path: string): unknown {
  const value = valueAt(document, from);
  if (from === path) return document;
  if (path.startsWith(`${from}/`)) return fail(`${from} can not be moved into itself`);
  return add(remove(document, from), path, value);
}

/** Whether two JSON values are equal: numbers by value, objects without regard to order (STATE-11). */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => jsonEqual(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && jsonEqual(a[name], b[name]));
}

function applyOperation(document: unknown, operation: PatchOperation): unknown {
  switch (operation.op) {
    case 'add':
      return add(document, operation.path, operation.value);
    case 'replace':
      return replace(document, operation.path, operation.value);
    case 'remove':
      return remove(document, operation.path);
    case 'move':
      return move(document, operation.from, operation.path);
    case 'copy':
      return add(document, operation.path, valueAt(document, operation.from));
    case 'test':
      return jsonEqual(valueAt(document, operation.path), operation.value) ? document : fail(`the value at ${operation.path} is another`);
    default:
      return fail(`op must be one of RFC 6902: got ${JSON.stringify(operation satisfies never)}`);
  }
}

/**
 * Applies an RFC 6902 patch whole or not at all (STATE-1, STATE-3).
 * The document is never changed; what the patch leaves alone is shared with the result.
 */
export function applyPatch(document: unknown, patch: readonly PatchOperation[]): PatchResult {
  let value = document;
  for (const [index, operation] of patch.entries()) {
    try {
      value = applyOperation(value, operation);
    } catch (error) {
      if (error instanceof DoesNotApply) return { ok: false, index, message: error.message };
      throw error;
    }
  }
  return { ok: true, value };
}
