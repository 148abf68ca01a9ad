import Type from 'typebox';
import { numberOf, settle } from '../run/stage.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { match } from '../scenario/pattern.ts';
import type { Json } from '../scenario/json.ts';
import { resolve } from '../scenario/scope.ts';
import { AnyJson, defineStep, NumberOrExpression, Steps } from './step-kind.ts';

/** Runs steps once for each number of a range. */
export const repeat = defineStep({
  kind: 'repeat',
  description: 'Runs steps for each number from `from` to `to`, both included, under the name of the loop; or for each value of a list.',
  nested: ['steps'],
  properties: {
    repeat: Type.String({ description: 'The name of the number or value, such as `index`.' }),
    from: Type.Optional(NumberOrExpression),
    to: Type.Optional(NumberOrExpression),
    in: Type.Optional(Type.Unsafe<Json>({ description: 'In place of from and to: a list of values.' })),
    steps: Steps,
  },
  async run(step, _stage, place, runSteps) {
    const values = Array.isArray(step.in) ? (step.in as readonly Json[]) : range(numberOf(step.from, 'from'), numberOf(step.to, 'to'));
    if (values.length === 0) throw new ScenarioError(`${place.source} must have something to repeat for`);
    for (const value of values) await runSteps(step.steps, { ...place, scope: place.scope.child({ [step.repeat]: value }) }, `${place.source} (${step.repeat} = ${JSON.stringify(value)})`);
  },
});

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** Runs lists of steps side by side. */
export const parallel = defineStep({
  kind: 'parallel',
  description: 'Runs several lists of steps side by side, and goes on when all are through.',
  nested: ['parallel'],
  properties: { parallel: Type.Array(Steps, { minItems: 2 }) },
  async run(step, _stage, place, runSteps) {
    const branches = await Promise.allSettled(step.parallel.map((steps, index) => runSteps(steps, place, `${place.source} branch ${index + 1}`)));
    const failed = branches.find((branch) => branch.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  },
});

/** Lets parallel branches wait for each other. */
export const barrier = defineStep({
  kind: 'barrier',
  description: 'Waits, inside parallel, until so many branches have come to the barrier of this name.',
  properties: { barrier: Type.String(), of: NumberOrExpression },
  async run(step, stage) {
    let release = (): void => undefined;
    const open = new Promise<void>((settleOpen) => (release = settleOpen));
    const state = stage.barriers.get(step.barrier) ?? { arrived: 0, release, open };
    stage.barriers.set(step.barrier, state);
    state.arrived += 1;
    if (state.arrived >= numberOf(step.of, 'of')) state.release();
    await state.open;
  },
});

/** Gives names to values. */
export const set = defineStep({
  kind: 'set',
  description: 'Gives names to values, mostly what stands in expressions now, such as {"held": "${phone.position}"}.',
  properties: { set: Type.Unsafe<{ [name: string]: Json }>(Type.Object({})) },
  async run(step, _stage, place) {
    for (const [name, value] of Object.entries(step.set)) place.scope.capture(name, value);
  },
});

/** Compares two values that were captured. */
export const compare = defineStep({
  kind: 'compare',
  description: 'Expects that a value fits a pattern; both mostly come from captures.',
  properties: { compare: AnyJson, with: AnyJson },
  async run(step, stage, place) {
    const result = match(step.with, step.compare);
    settle(stage, place, { held: result.matches, expected: JSON.stringify(step.with), actual: JSON.stringify(step.compare), lines: [], ...(result.matches ? {} : { path: result.mismatch.path }) });
  },
});

/** Runs the steps of a fragment. */
export const use = defineStep({
  kind: 'use',
  description: 'Runs the steps of a fragment with its parameters, those of `with` in place of the fragment\'s own values.',
  properties: { use: Type.String({ description: 'The id of the fragment.' }), with: Type.Optional(Type.Unsafe<{ [name: string]: Json }>(Type.Object({}))) },
  async run(step, stage, place, runSteps) {
    const fragment = stage.fragments.get(step.use);
    if (fragment === undefined) throw new ScenarioError(`${step.use} must be a fragment: one of ${[...stage.fragments.keys()].join(', ')}`);
    const unknown = Object.keys(step.with ?? {}).find((name) => !Object.hasOwn(fragment.parameters, name));
    if (unknown !== undefined) throw new ScenarioError(`${unknown} must be a parameter of ${step.use}: one of ${Object.keys(fragment.parameters).join(', ')}`);
    const given = { ...fragment.parameters, ...step.with };
    const parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolve(value, place.scope)]));
    await runSteps(fragment.steps, { ...place, scope: place.scope.child(parameters) }, `${place.source} ${step.use}`);
  },
});

/** Measures. */
export const fastest = defineStep({
  kind: 'fastest',
  description: 'Runs steps several times and gives a name to the milliseconds of the fastest run: what a busy machine does to one run it seldom does to all.',
  nested: ['steps'],
  properties: { fastest: Type.String({ description: 'The name of the number.' }), times: NumberOrExpression, steps: Steps },
  async run(step, _stage, place, runSteps) {
    const durations: number[] = [];
    for (let time = 0; time < numberOf(step.times, 'times'); time += 1) {
      const began = performance.now();
      await runSteps(step.steps, place, `${place.source} (${time + 1})`);
      durations.push(performance.now() - began);
    }
    place.scope.capture(step.fastest, Math.round(Math.min(...durations)));
  },
});
