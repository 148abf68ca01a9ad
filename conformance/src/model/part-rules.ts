import type { JsonFields } from '../scenario/json.ts';
import { commonPartFields, partFields } from './known-fields.ts';
import { mergeMetadata, messageOf, partOf, pick, set, textOf, type Thing } from './model.ts';
import type { Rule } from './rule.ts';

const hasText = (part: Thing): boolean => part['kind'] === 'text' || part['kind'] === 'reasoning';
const isTool = (part: Thing): boolean => part['kind'] === 'tool';

/** A part as it stands when it is created. FOLD-18 */
export function newPart(fields: JsonFields): Thing {
  const own = partFields.get(String(fields['kind']));
  const given: Thing = own === undefined ? { ...fields } : pick(fields, [...commonPartFields, ...own]);
  const part: Thing = { ended: false, metadata: {}, ...given };
  if (hasText(part)) part['text'] ??= '';
  if (!isTool(part)) return part;
  if (Object.hasOwn(part, 'input')) return { ...part, status: 'ready', ended: true };
  return { ...part, status: 'input', inputText: '' };
}

/** What the events of parts do. */
export const partRules: readonly Rule[] = [
  {
    id: 'FOLD-18',
    on: ['part.created'],
    apply(model, event) {
      // FOLD-6; a part of an unknown kind would bring all of them
      const { seq: _seq, type: _type, at: _at, cause: _cause, by: _by, messageId: _messageId, ...fields } = event;
      messageOf(model, event)?.parts.push(newPart(fields));
    },
  },
  {
    id: 'FOLD-19',
    on: ['part.delta'],
    apply(model, event) {
      const part = partOf(model, event);
      if (part === undefined) return;
      if (hasText(part)) part['text'] = textOf(part, 'text') + textOf(event, 'delta');
      if (isTool(part) && !Object.hasOwn(part, 'input')) part['inputText'] = textOf(part, 'inputText') + textOf(event, 'delta');
    },
  },
  {
    id: 'FOLD-20',
    on: ['part.updated'],
    apply(model, event) {
      const part = partOf(model, event);
      if (part === undefined) return;
      for (const name of partFields.get(String(part['kind'])) ?? [...partFields.values()].flat()) {
        const value = event[name];
        if (value === undefined) continue;
        part[name] = name === 'text' ? (value ?? '') : value;
        if (part[name] === null && !(name === 'data' && part['kind'] === 'data')) delete part[name];
      }
      mergeMetadata(part, event);
      if (!isTool(part)) return;
      const hasInput = Object.hasOwn(part, 'input');
      if (hasInput) delete part['inputText'];
      if (part['status'] === 'input' || part['status'] === 'ready') part['status'] = hasInput && part['ended'] === true ? 'ready' : 'input';
    },
  },
  {
    id: 'FOLD-21',
    on: ['part.ended'],
    apply(model, event) {
      const part = partOf(model, event);
      if (part === undefined) return;
      part['ended'] = true;
      if (part['kind'] === 'text' || !partFields.has(String(part['kind']))) set(part, event, ['citations']);
      if (part['citations'] === null) delete part['citations']; // PART-9
      mergeMetadata(part, event);
      if (!isTool(part) || event['input'] === undefined) return;
      part['input'] = event['input'];
      delete part['inputText'];
      if (part['status'] === 'input') part['status'] = 'ready';
    },
  },
];
