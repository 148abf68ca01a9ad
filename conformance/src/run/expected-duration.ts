import { isFields, type Json } from '../scenario/json.ts';
import type { Scenario, StepData } from '../scenario/scenario.ts';
import { createScope, resolve, type Scope } from '../scenario/scope.ts';
import { kindOf } from '../step/table.ts';
import { isShareable } from './own-servers.ts';

/** What a step costs that waits for nothing but its answer. */
const stepMs = 12;

/** What a start of a server costs, with others beside it. */
const startMs = 1000;

/** What stands for a time that only the run itself tells. */
const unknownMs = 1000;

/** A bound leaves room for a loaded machine; what it bounds comes in about this part of it. */
const partOfBound = 1 / 3;

/** Tells roughly how long a scenario takes, in milliseconds: the timers that its steps wait for, and the starts of servers that it has to itself. Good enough to begin the longest first. */
export function expectedDuration(scenario: Scenario, limits: { readonly [name: string]: Json }): number {
  const scope = createScope((name) => (name === 'limits' ? { ...limits, ...scenario.server?.limits } : undefined));
  return durationOf(scenario.steps, scope) + (scenario.server === undefined || isShareable(scenario) ? 0 : startMs);
}

const durationOf = (steps: readonly StepData[], scope: Scope): number => steps.reduce((sum, step) => sum + stepDuration(step, scope), 0);

function stepDuration(step: StepData, scope: Scope): number {
  if (step['restart'] === true) return startMs;
  const { notBefore, boundMs, wait } = step;
  const bound = boundMs === undefined ? 0 : numberIn(boundMs, scope) * partOfBound;
  const after = isFields(notBefore) ? numberIn(notBefore['ms'] ?? 0, scope) : 0;
  const beat = JSON.stringify(step['frame'] ?? null).includes('heartbeat') ? numberIn('${limits.heartbeatMs}', scope) : 0;
  const own = stepMs + Math.max(bound, after, beat) + (wait === undefined || typeof wait === 'boolean' ? 0 : numberIn(wait, scope));
  const nested = (kindOf(step)?.nested ?? []).reduce((sum, key) => sum + durationOf(stepsIn(step[key]), scope), 0);
  return own + nested * timesOf(step, scope);
}

const stepsIn = (value: Json | undefined): StepData[] => (Array.isArray(value) ? value.flatMap((item: Json) => (Array.isArray(item) ? stepsIn(item) : isFields(item) ? [item] : [])) : []);

function timesOf({ from, to, in: values, times }: StepData, scope: Scope): number {
  if (Array.isArray(values)) return values.length;
  if (times !== undefined) return numberIn(times, scope, 1);
  return from === undefined || to === undefined ? 1 : numberIn(to, scope, 1) - numberIn(from, scope, 1) + 1;
}

/** A number of a step, or of an expression of the limits; captures are not known yet. */
function numberIn(value: Json, scope: Scope, otherwise = unknownMs): number {
  try {
    const number = resolve(value, scope);
    return typeof number === 'number' ? number : otherwise;
  } catch {
    return otherwise; // a name that only the run gives
  }
}
