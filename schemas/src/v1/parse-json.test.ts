import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { parseJson } from './parse-json.ts';

const kept = { maxDepth: 1_000, protoKeys: 'kept' } as const;

/** Strings, so that pieces of JSON meet in every order. */
const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', '\\u', 'd800', '"a"', '"__proto__"', '1', '1e999', 'null', ' '), { maxLength: 24 }).map((parts) => parts.join(''));

describe('parseJson', () => {
  it('reads what JSON.stringify writes, with and without space', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseJson(text, kept)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('never throws, and takes nothing that JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string()), (text) => {
        const result = parseJson(text, kept);
        if (result.ok) expect(result.value).toEqual(JSON.parse(text));
        else expect(result.error).toMatchObject({ code: expect.stringMatching(/^(invalid_frame|frame_too_large)$/), path: expect.any(String) });
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses an object with a name twice, wherever it stands', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (fields) => {
        const [name = ''] = Object.keys(fields);
        const twice = `${JSON.stringify(fields).slice(0, -1)},${JSON.stringify(name)}:0}`;
        expect(parseJson(`{"x":[${twice}]}`, kept)).toMatchObject({ ok: false, error: { code: 'invalid_frame' } });
      }),
    );
  });

  it('is not slowed or broken by a text that nests without end', () => {
    expect(parseJson('['.repeat(1_000_000), kept)).toMatchObject({ ok: false, error: { code: 'frame_too_large' } });
    expect(parseJson('{"a":'.repeat(900) + '1' + '}'.repeat(900), kept)).toMatchObject({ ok: true });
  });

  it('tells no piece of the text in an error', () => {
    const result = parseJson('{"token":"s3cret"', kept);
    expect(JSON.stringify(result)).not.toContain('s3cret');
  });

  it('lets a member named __proto__ be data and nothing else', () => {
    const result = parseJson('{"__proto__":{"admin":true}}', kept);
    expect(result.ok && Object.getPrototypeOf(result.value)).toBe(Object.prototype);
    expect(result.ok && canonicalJson(result.value)).toBe('{"__proto__":{"admin":true}}');
  });
});

describe('canonicalJson', () => {
  it('gives one text for all orders of members, and a text that reads as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const reversed = Object.fromEntries(Object.entries(fields).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(fields));
        // -0 and 0 are one number in JSON.
        expect(JSON.parse(canonicalJson(fields))).toEqual(JSON.parse(JSON.stringify(fields)));
      }),
    );
  });
});
