import { isFields, type Json, type JsonFields } from '../scenario/json.ts';
import { match } from '../scenario/pattern.ts';

/** Changes a frame at JSON Pointers, as the rule's `change` says. */
export function changeFrame(frame: JsonFields, changes: { readonly [pointer: string]: Json }): JsonFields {
  return Object.entries(changes).reduce<JsonFields>((changed, [pointer, change]) => {
    const result = changeAt(changed, pointer.split('/').slice(1), change);
    return isFields(result) ? result : changed;
  }, frame);
}

function changeAt(value: Json | undefined, path: readonly string[], change: Json): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return apply(value, change);
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item, index) => (String(index) === key ? (changeAt(item, rest, change) ?? []) : [item]));
  const fields = isFields(value) ? value : {};
  const changed = changeAt(fields[key], rest, change);
  const { [key]: _former, ...others } = fields;
  return changed === undefined ? others : { ...fields, [key]: changed };
}

function apply(value: Json | undefined, change: Json): Json | undefined {
  if (!isFields(change)) return change;
  if (change['$remove'] === true) return undefined;
  if (typeof change['$add'] === 'number') return (typeof value === 'number' ? value : 0) + change['$add'];
  const without = change['$without'];
  if (without !== undefined && Array.isArray(value)) return value.filter((item: Json) => !match(without, item).matches);
  return change;
}
