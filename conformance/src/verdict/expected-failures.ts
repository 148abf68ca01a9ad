import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import type { Check } from './check.ts';

/** One failure that is known: which, why it is put up with, and, if it says so, what it fails with. */
export const ExpectedFailure = Type.Object(
  {
    scenario: Type.Optional(Type.String({ description: 'The id of the scenario that fails; every failing check of it is expected, unless `check` narrows it.' })),
    check: Type.Optional(Type.String({ pattern: '^[A-Z]+-[0-9]+$', description: 'The requirement that is broken, in every scenario unless `scenario` narrows it.' })),
    variant: Type.Optional(Type.String({ description: 'Only over these transports: websocket, sse or mixed.' })),
    reason: Type.String({ minLength: 1, description: 'Why it is put up with, for those who read the report.' }),
    message: Type.Optional(Type.String({ minLength: 1, description: 'What the failure must say somewhere in what was expected or what came.' })),
  },
  { additionalProperties: false, description: 'An expected failure names a scenario, a check or both.' },
);
export interface ExpectedFailure extends Static<typeof ExpectedFailure> {}

/** The file of `--expected-failures`. */
export const ExpectedFailures = Type.Object(
  { $schema: Type.Optional(Type.String()), expected: Type.Array(ExpectedFailure) },
  { title: 'Expected failures', additionalProperties: false, description: 'Failures that a run puts up with. One that passes, matches nothing or fails otherwise makes the run stale: exit code 5.' },
);

/** An entry that no longer tells the truth. */
export interface StaleExpectation {
  readonly entry: ExpectedFailure;
  readonly sentence: string;
  /** The scenarios, with their variant, that fail otherwise than the entry says. */
  readonly failsOtherwise: readonly string[];
}

/** A run with its expected failures marked, and the entries that are stale. */
export interface Expectations {
  readonly subjects: readonly SubjectResult[];
  readonly stale: readonly StaleExpectation[];
}

const schema = Compile(ExpectedFailures);

/** Reads the text of an expected-failures file; what is wrong with it comes back as a sentence. */
export function parseExpectedFailures(text: string): readonly ExpectedFailure[] | { readonly problem: string } {
  const value = parseJson(text);
  if ('problem' in value) return value;
  if (!schema.Check(value.json)) {
    const [first] = schema.Errors(value.json);
    return { problem: `expected failures must fit their schema: ${first?.instancePath ?? ''} ${first?.message ?? ''}` };
  }
  const nameless = value.json.expected.findIndex(({ scenario, check }) => scenario === undefined && check === undefined);
  return nameless === -1 ? value.json.expected : { problem: `each expected failure must name a scenario or a check: /expected/${nameless} names neither` };
}

function parseJson(text: string): { readonly json: unknown } | { readonly problem: string } {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { problem: `expected failures must be JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Marks the failures that entries expect, and finds the entries that are stale. In a run that was narrowed, an entry that nothing selected belongs to says
 * nothing; neither does one whose scenarios were inconclusive, untested or not applicable.
 */
export function applyExpectedFailures(entries: readonly ExpectedFailure[], subjects: readonly SubjectResult[], narrowed: boolean): Expectations {
  const all = subjects.flatMap(({ scenarios }) => scenarios);
  return {
    subjects: subjects.map((subject) => ({ ...subject, scenarios: subject.scenarios.map((result) => mark(entries, result)) })),
    stale: entries.flatMap((entry) => staleness(entry, all, narrowed)),
  };
}

/** A scenario and its variant in one word; unique in a run of one subject. */
export const placeOf = ({ scenario, variant }: ScenarioResult): string => `${scenario} (${variant})`;

const isPlace = (entry: ExpectedFailure, result: ScenarioResult): boolean =>
  (entry.scenario === undefined || entry.scenario === result.scenario) && (entry.variant === undefined || entry.variant === result.variant);

const isBreak = (entry: ExpectedFailure, check: Check): boolean => check.verdict === 'fail' && (entry.check === undefined || check.cites.includes(entry.check));

const says = (entry: ExpectedFailure, check: Check): boolean => entry.message === undefined || `${check.expected ?? ''}\n${check.actual ?? ''}`.includes(entry.message);

function mark(entries: readonly ExpectedFailure[], result: ScenarioResult): ScenarioResult {
  if (result.outcome !== 'fail') return result;
  const here = entries.filter((entry) => isPlace(entry, result));
  const checks = result.checks.map((check) => {
    const entry = here.find((each) => isBreak(each, check) && says(each, check));
    return entry === undefined ? check : { ...check, excused: entry.reason };
  });
  const broken = checks.filter(({ verdict }) => verdict === 'fail');
  return broken.length > 0 && broken.every((check) => 'excused' in check) ? { ...result, checks, outcome: 'expected failure' } : { ...result, checks };
}

function staleness(entry: ExpectedFailure, all: readonly ScenarioResult[], narrowed: boolean): StaleExpectation[] {
  const name = [entry.check, entry.scenario === undefined ? undefined : `${entry.scenario}${entry.variant === undefined ? '' : ` (${entry.variant})`}`].filter((part) => part !== undefined).join(' in ');
  const stale = (sentence: string, failsOtherwise: readonly string[] = []): StaleExpectation[] => [{ entry, sentence: `${name} ${sentence}`, failsOtherwise }];
  const here = all.filter((result) => isPlace(entry, result));
  const cited = here.filter(({ covers, checks }) => entry.check === undefined || covers.includes(entry.check) || checks.some(({ cites }) => cites.includes(entry.check ?? '')));
  if (cited.length === 0) return narrowed ? [] : stale('was expected to fail, and matches nothing that ran');
  const broken = cited.flatMap((result) => result.checks.filter((check) => isBreak(entry, check)).map((check) => ({ result, check })));
  const otherwise = broken.filter(({ check }) => !says(entry, check));
  if (otherwise.length > 0) return stale(`was expected to fail with ${JSON.stringify(entry.message)}, and fails otherwise`, [...new Set(otherwise.map(({ result }) => placeOf(result)))]);
  if (broken.length > 0) return [];
  return cited.some(({ outcome }) => outcome === 'pass' || outcome === 'fail') ? stale('was expected to fail, and passes') : [];
}
