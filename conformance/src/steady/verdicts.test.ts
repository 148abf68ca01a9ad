import { describe, expect, it } from 'vitest';
import type { Outcome, ScenarioResult, SubjectResult } from '../run/outcome.ts';
import type { Check, CheckVerdict } from '../verdict/check.ts';
import { joinRounds } from './rounds.ts';
import { compareVerdicts, verdictsOf } from './verdicts.ts';

const check = (id: string, verdict: CheckVerdict): Check => ({ source: 'step 1 expect', cites: [id], verdict, lines: [] });
const scenario = (id: string, outcome: Outcome, checks: readonly Check[] = []): ScenarioResult => ({ scenario: id, title: id, variant: 'sse', outcome, covers: [], checks, transcript: [], durationMs: 1 });
const run = (...scenarios: readonly ScenarioResult[]): SubjectResult => ({ subject: 'server', target: 't', profiles: [], transports: [], scenarios, durationMs: 1 });

describe('compareVerdicts', () => {
  it('finds nothing in runs that agree', () => {
    const same = run(scenario('a/b', 'pass', [check('A-1', 'pass')]));
    expect(compareVerdicts([verdictsOf(same), verdictsOf(same)])).toEqual({ compared: 2, differing: [], occasional: [] });
  });

  it('counts the verdicts of a check that differs, and of its scenario', () => {
    const good = verdictsOf(run(scenario('a/b', 'pass', [check('A-1', 'pass'), check('A-1', 'pass')])));
    const bad = verdictsOf(run(scenario('a/b', 'fail', [check('A-1', 'pass'), check('A-1', 'fail')])));
    expect(compareVerdicts([good, bad, good]).differing).toEqual([{ check: 'a/b (sse)', counts: { pass: 2, fail: 1 } }, { check: 'a/b (sse) A-1', counts: { pass: 2, fail: 1 } }]);
  });

  it('tells apart what only some runs had an occasion for', () => {
    const with1 = verdictsOf(run(scenario('a/b', 'pass', [check('A-1', 'pass')])));
    const without = verdictsOf(run(scenario('a/b', 'pass')));
    expect(compareVerdicts([with1, without])).toEqual({ compared: 2, differing: [], occasional: [{ check: 'a/b (sse) A-1', counts: { pass: 1 } }] });
  });
});

describe('joinRounds', () => {
  it('keeps the worst of each scenario, and says which were not steady and in which rounds', () => {
    const { subjects, unsteady } = joinRounds([[run(scenario('a/b', 'pass'), scenario('a/c', 'pass'))], [run(scenario('a/b', 'fail'), scenario('a/c', 'pass'))], [run(scenario('a/b', 'pass'), scenario('a/c', 'pass'))]]);
    expect(subjects.flatMap(({ scenarios }) => scenarios.map(({ outcome }) => outcome))).toEqual(['fail', 'pass']);
    expect(unsteady).toEqual([{ subject: 'server', scenario: 'a/b', variant: 'sse', rounds: { pass: [0, 2], fail: [1] } }]);
  });

  it('keeps a refusal of any round', () => {
    const refused: SubjectResult = { ...run(), refusal: { exitCode: 3, sentence: 'silent' } };
    expect(joinRounds([[run(scenario('a/b', 'pass'))], [refused], [run(scenario('a/b', 'pass'))]]).subjects[0]?.refusal?.exitCode).toBe(3);
  });
});
