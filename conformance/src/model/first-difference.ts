import { isFields, sameJson, type Json } from '../scenario/json.ts';

/** Where two JSON values first differ, as a JSON Pointer; undefined if they are the same. */
export function firstDifference(left: Json | undefined, right: Json | undefined, path = ''): string | undefined {
  if (sameJson(left, right)) return undefined;
  if (!isFields(left) || !isFields(right)) {
    if (!Array.isArray(left) || !Array.isArray(right)) return path;
    const index = left.findIndex((item: Json, place) => !sameJson(item, right[place]));
    return index === -1 ? `${path}/${left.length}` : firstDifference(left[index], right[index], `${path}/${index}`);
  }
  const key = [...new Set([...Object.keys(left), ...Object.keys(right)])].find((each) => !sameJson(left[each], right[each])) ?? '';
  return firstDifference(left[key], right[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
