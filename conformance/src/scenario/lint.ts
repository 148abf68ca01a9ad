import { Compile } from 'typebox/compile';
import type { Requirement } from '../requirement/requirement.ts';
import { kindOf, stepKinds } from '../step/table.ts';
import type { Corpus } from './load.ts';
import type { Scenario, StepData } from './scenario.ts';
import { isFields, type Json } from './json.ts';

const checkers = new Map(stepKinds.map(({ kind, schema }) => [kind, Compile(schema)]));

/** Every step under a list, those inside other steps included. */
export function allSteps(steps: readonly StepData[]): StepData[] {
  return steps.flatMap((step) => {
    const nested = (kindOf(step)?.nested ?? []).flatMap((key) => stepsIn(step[key]));
    return [step, ...allSteps(nested)];
  });
}

const stepsIn = (value: Json | undefined): StepData[] => (Array.isArray(value) ? (value as readonly Json[]).flatMap((item) => (Array.isArray(item) ? stepsIn(item) : isFields(item) ? [item] : [])) : []);

/** Kinds of steps, and hooks, that nobody else on the server would survive. */
const disturbing = new Set(['kill', 'restart', 'backup', 'freeze', 'clock', 'unreachable', 'limits']);

/** Whether steps end or change a server under everybody who is attached to it. */
export const disturbsOthers = (steps: readonly StepData[]): boolean => allSteps(steps).some((step) => disturbing.has(Object.keys(step)[0] ?? '') || disturbing.has(String(step['hook'])));

const citesOf = (steps: readonly StepData[]): string[] => allSteps(steps).flatMap(({ cites }) => (Array.isArray(cites) ? cites.map(String) : []));

/** Everything that is wrong with a corpus of server scenarios, one sentence each. */
export function lintCorpus({ scenarios, fragments }: Corpus, paths: readonly string[], requirements: ReadonlyMap<string, Requirement>): string[] {
  const titles = new Map<string, string>();
  const used = new Set<string>();
  const problems = scenarios.flatMap((scenario, index) => {
    const twin = titles.get(scenario.title);
    titles.set(scenario.title, scenario.id);
    for (const step of allSteps(scenario.steps)) if (typeof step['use'] === 'string') used.add(step['use']);
    return [
      ...(paths[index] === scenario.id ? [] : [`its id must be its path: got ${paths[index] ?? ''}`]),
      ...(twin === undefined ? [] : [`its title must be its own: ${twin} has it too`]),
      ...(/^(should|tests?|checks?|verif)/i.test(scenario.title) || /\bshould\b/.test(scenario.title) ? ['its title must be a fact in the present tense'] : []),
      ...lintCites(scenario, requirements),
      ...lintSteps(scenario.steps),
      ...(scenario.server === undefined && disturbsOthers(scenario.steps) ? ['a step that everybody on the server feels needs `server`'] : []),
    ].map((problem) => `${scenario.id}: ${problem}`);
  });
  const inFragments = [...fragments.values()].flatMap((fragment) => {
    for (const step of allSteps(fragment.steps)) if (typeof step['use'] === 'string') used.add(step['use']);
    return [...lintSteps(fragment.steps), ...(citesOf(fragment.steps).length > 0 ? ['a fragment cites nothing'] : [])].map((problem) => `fragment ${fragment.id}: ${problem}`);
  });
  const unused = [...fragments.keys()].filter((id) => !used.has(id)).map((id) => `fragment ${id}: no scenario uses it`);
  return [...problems, ...inFragments, ...unused];
}

function lintCites({ covers, steps }: Scenario, requirements: ReadonlyMap<string, Requirement>): string[] {
  const cited = new Set(citesOf(steps).filter((id) => !id.includes('${')));
  const foreign = [...cited, ...covers].filter((id) => !['server', 'both'].includes(requirements.get(id)?.role ?? 'none'));
  return [
    ...[...new Set(foreign)].map((id) => `${id} must be a requirement of the server: ${requirements.has(id) ? `it binds the ${requirements.get(id)?.role ?? ''}` : 'it is not in the specification'}`),
    ...[...cited].filter((id) => !covers.includes(id)).map((id) => `${id} is cited, and must be in covers`),
    ...covers.filter((id) => !cited.has(id)).map((id) => `${id} is in covers, and no step cites it`),
  ];
}

function lintSteps(steps: readonly StepData[]): string[] {
  return allSteps(steps).flatMap((step) => {
    const kind = kindOf(step);
    if (kind === undefined) return [`the first key of a step must name its kind: got ${Object.keys(step)[0] ?? 'nothing'}`];
    const checker = checkers.get(kind.kind);
    if (checker === undefined || checker.Check(step)) return [];
    const [first] = checker.Errors(step);
    return [`${kind.kind} ${JSON.stringify(step).slice(0, 80)}: ${first?.instancePath ?? ''} ${first?.message ?? ''}`];
  });
}
