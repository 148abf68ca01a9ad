import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { loadCorpus } from '../scenario/load.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { compileScripted } from './compile.ts';

const { scenarios, fragments } = loadCorpus(join(packageFolder, 'scenarios'), 'server');
const compiled = (id: string, isAboutAgents = (_id: string): boolean => false): Scenario | string => {
  const scenario = scenarios.find((each) => each.id === id);
  if (scenario === undefined) throw new Error(`${id} must be a scenario`);
  const result = compileScripted(scenario, fragments, isAboutAgents);
  return 'scenario' in result ? result.scenario : result.reason;
};

test("an agent's appends become a script in the message, each behind a gate that a step opens", () => {
  const scenario = compiled('resume/after-a-drop-at-every-index');
  if (typeof scenario === 'string') throw new Error(scenario);
  expect(scenario.participants['worker']).toBe('observer');
  expect(scenario.profiles).toEqual([]);
  const text = JSON.stringify(scenario.steps);
  expect(text).not.toMatch(/"type":"(run\.claim|events\.append)"/);
  const gates = [...text.matchAll(/"gate":"([^"]+)"/g)].map(([, gate]) => gate);
  expect(gates.length).toBe(9);
  expect(new Set(gates).size).toBe(5);
});

test('a scenario without an agent stays as it is', () => {
  expect(compiled('sse/streams')).toBe(scenarios.find(({ id }) => id === 'sse/streams'));
});

test('what only an agent at the level of frames can do is told', () => {
  expect(compiled('agents/claims-at-the-same-moment')).toContain('at the same time');
  expect(compiled('append/of-one-commit')).toContain('worker');
});

test('rules about agents are not judged', () => {
  const scenario = compiled('approval/race-of-two', (id) => id !== 'REQUEST-10');
  expect(typeof scenario === 'string' ? scenario : scenario.covers).toEqual(['REQUEST-10']);
});
