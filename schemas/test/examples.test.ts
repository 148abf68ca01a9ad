import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { documents } from '../src/v1/discovery.ts';
import { parseJson } from '../src/v1/parse-json.ts';
import { messages } from '../src/v1/registry.ts';
import { validate } from '../src/v1/validate.ts';
import { examples } from './examples.ts';

const bundle: object = JSON.parse(readFileSync(resolve(import.meta.dirname, '../json/v1/schema.json'), 'utf8'));
const ajv = new Ajv2020({ discriminator: true, strictTypes: false });
ajv.addSchema(bundle);

const known = new Set([...messages, ...documents].map(({ name }) => name));

describe.each(examples)('example $name', ({ message, isValid, text }) => {
  const value: unknown = JSON.parse(text);

  it('is named for a message of the registry', () => {
    expect(known).toContain(message);
  });

  it('is I-JSON', () => {
    expect(parseJson(text, { maxDepth: 64 })).toMatchObject({ ok: true });
  });

  it(isValid ? 'fits the precompiled validator' : 'is refused by the precompiled validator', () => {
    const error = validate(message, value);
    if (isValid) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ code: 'invalid_frame', message: expect.any(String), path: expect.any(String) });
  });

  it(isValid ? 'fits schema.json' : 'is refused by schema.json', () => {
    expect(ajv.validate(`urn:durable-session:1#/$defs/${message}`, value), JSON.stringify(ajv.errors)).toBe(isValid);
  });
});

describe('coverage', () => {
  it.each([...known])('%s has a valid and an invalid example', (name) => {
    const kinds = examples.filter(({ message }) => message === name).map(({ isValid }) => isValid);
    expect(new Set(kinds)).toEqual(new Set([true, false]));
  });
});
