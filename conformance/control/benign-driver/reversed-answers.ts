// Writes the fields of its answers in another order, spelled with spaces, and more fields than were asked for.
import { wrapDriver } from '../wrapped-driver.ts';

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  return isFields(value) ? Object.fromEntries(Object.entries(value).reverse().map(([name, inner]) => [name, reversed(inner)])) : value;
};

const more = { more: { of: ['no', 'use'] } };

wrapDriver({
  answered(answer) {
    const { result } = answer;
    const wider = isFields(result) ? { ...answer, ...more, result: { ...result, ...more } } : { ...answer, ...more };
    return ` ${JSON.stringify(reversed(wider), undefined, 1).replaceAll('\n', ' ')} `;
  },
});
