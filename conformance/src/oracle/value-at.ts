import { isFields, type Json } from '../scenario/json.ts';

const nameOf = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** The value at a JSON Pointer; undefined if nothing stands there. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return pointer.split('/').slice(1).reduce<Json | undefined>((at, step) => (isFields(at) ? at[nameOf(step)] : Array.isArray(at) ? at[Number(step)] : undefined), value);
}
