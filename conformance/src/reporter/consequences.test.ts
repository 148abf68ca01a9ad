import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import { loadConsequences } from './consequences.ts';

const requirements = loadRequirements();

test('every requirement says what goes wrong for users when it is broken', () => {
  const consequenceOf = loadConsequences();
  expect([...requirements.keys()].filter((id) => consequenceOf(id) === undefined)).toEqual([]);
});

test('every sentence belongs to a requirement or a prefix, and is short', () => {
  const sentences = Object.entries<string>(JSON.parse(readFileSync(join(packageFolder, 'requirements', 'consequences.json'), 'utf8')));
  const prefixes = new Set([...requirements.keys()].map((id) => id.split('-')[0]));
  expect(sentences.map(([id]) => id).filter((id) => !requirements.has(id) && !prefixes.has(id))).toEqual([]);
  expect(sentences.filter(([, sentence]) => !/^[A-Z].{20,130}\.$/.test(sentence))).toEqual([]);
  expect(loadConsequences()('LOG-3')).not.toBe(loadConsequences()('LOG-1'));
});
