/** Splits a JSON Pointer (RFC 6901) into its reference tokens; undefined if it is not one. */
export function parsePointer(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The index that a token names in an array of that length; undefined for leading zeros, signs and anything beyond `length`. */
export function arrayIndex(token: string, length: number): number | undefined {
  if (!/^(0|[1-9][0-9]*)$/.test(token)) return undefined;
  const index = Number(token);
  return index <= length ? index : undefined;
}

export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a place of a JSON value; `found` is false where nothing does. */
export function lookUp(document: unknown, tokens: readonly string[]): { readonly found: boolean; readonly value?: unknown } {
  let value = document;
  for (const token of tokens) {
    if (Array.isArray(value)) {
      const index = arrayIndex(token, value.length - 1);
      if (index === undefined) return { found: false };
      value = value[index];
    } else if (isObject(value) && Object.hasOwn(value, token)) {
      value = value[token];
    } else {
      return { found: false };
    }
  }
  return { found: true, value };
}
