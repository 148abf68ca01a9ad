import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Json } from '../scenario/json.ts';
import { RequirementId, type StepData } from '../scenario/scenario.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { resolve } from '../scenario/scope.ts';
import type { Stage, StepPlace } from '../run/stage.ts';

/** Runs a list of steps in a scope; what a step with steps of its own is given to run them. */
export type RunSteps = (steps: readonly StepData[], place: StepPlace, prefix: string) => Promise<void>;

/** One kind of step: its schema, which is its documentation, and what it does. */
export interface StepKind {
  /** The key that names it. */
  readonly kind: string;
  readonly schema: TSchema;
  /** Keys that hold steps, whose expressions are resolved when those run. */
  readonly nested: readonly string[];
  run(step: StepData, stage: Stage, place: StepPlace, runSteps: RunSteps): Promise<void>;
}

/** The keys that every kind of step has. */
const common = {
  cites: Type.Optional(Type.Array(RequirementId, { minItems: 1, description: 'What is broken if this step does not find what it expects. Without it the step is a prerequisite.' })),
  inTime: Type.Optional(Type.Object({ mark: Type.String(), ms: Type.Unsafe<number>(Type.Union([Type.Number(), Type.String({ pattern: '^\\$\\{' })])) }, { description: 'What is not found counts only so soon after a mark; later, a timer of the server may have passed, and the machine was too slow to tell.' })),
  comment: Type.Optional(Type.String()),
};

interface Definition<Properties extends TProperties> {
  readonly kind: string;
  readonly description: string;
  readonly properties: Properties;
  readonly nested?: readonly string[];
  run(step: Static<ReturnType<typeof Type.Object<Properties>>>, stage: Stage, place: StepPlace, runSteps: RunSteps): Promise<void>;
}

/** Makes a kind of step out of its properties; the step that `run` receives has its expressions resolved and fits the schema. */
export function defineStep<Properties extends TProperties>(definition: Definition<Properties>): StepKind {
  const schema = Type.Object({ ...definition.properties, ...common }, { title: `${definition.kind}-step`, description: definition.description, additionalProperties: false });
  const compiled = Compile(Type.Object(definition.properties));
  const nested = definition.nested ?? [];
  return {
    kind: definition.kind,
    schema,
    nested,
    run: async (step, stage, place, runSteps) => {
      const resolved: StepData = Object.fromEntries(Object.entries(step).map(([key, value]): [string, Json] => [key, nested.includes(key) ? value : resolve(value, place.scope)]));
      if (!compiled.Check(resolved)) {
        const [first] = compiled.Errors(resolved);
        throw new ScenarioError(`${place.source}: ${first?.instancePath ?? ''} ${first?.message ?? 'does not fit its schema'}`);
      }
      await definition.run(resolved, stage, place, runSteps);
    },
  };
}

/** A number, or an expression that becomes one. */
export const NumberOrExpression = Type.Unsafe<number>(Type.Union([Type.Number(), Type.String({ pattern: '^\\$\\{' })]));

/** Any JSON, as a pattern or a value. */
export const AnyJson = Type.Unsafe<Json>({ description: 'A pattern: fields that must be there, further ones may; operators begin with $.' });

/** A frame that is expected: a pattern, or a type alone. */
export const FramePattern = Type.Unsafe<Json>(Type.Union([Type.String(), Type.Object({})], { description: 'A pattern of a frame, or its type alone.' }));

/** Turns a type alone into a pattern. */
export const framePattern = (pattern: Json): Json => (typeof pattern === 'string' ? { type: pattern } : pattern);

/** Steps inside a step. */
export const Steps = Type.Array(Type.Unsafe<StepData>(Type.Object({})), { minItems: 1 });
