import type { Json } from '../scenario/json.ts';
import type { Fragment, StepData } from '../scenario/scenario.ts';
import { type Names, substitute } from './substitute.ts';

/** More rounds than this are left as a loop. */
const mostRounds = 200;

/** Whether steps have anything to do with one of the participants named, as the one who acts. */
export const actedBy = (steps: readonly StepData[], names: ReadonlySet<string>): boolean =>
  [...names].some((name) => new RegExp(`"(send|connect|close|cut|stall|resume-reading|raw|http|create|expect-ack)":"${name}"`).test(JSON.stringify(steps)));

/** Puts fragments in the place of their use, and loops in which an agent acts in the place of their rounds, so that every step of an agent is said once. */
export function flatten(steps: readonly StepData[], fragments: ReadonlyMap<string, Fragment>, agents: ReadonlySet<string>): StepData[] {
  return steps.flatMap((step) => {
    const fragment = typeof step['use'] === 'string' ? fragments.get(step['use']) : undefined;
    if (fragment !== undefined) return flatten(withNames(fragment.steps, { ...fragment.parameters, ...given(step) }), fragments, agents);
    const inner = step['steps'] as readonly StepData[] | undefined;
    const values = typeof step['repeat'] === 'string' && inner !== undefined ? valuesOf(step) : undefined;
    const inlined = inner === undefined ? [] : flatten(inner, fragments, agents);
    if (values === undefined || !actedBy(inlined, agents)) return inner === undefined ? [step] : [{ ...step, steps: inlined }];
    return values.flatMap((value) => withNames(inlined, { [String(step['repeat'])]: value }));
  });
}

const given = (step: StepData): Names => (step['with'] ?? {}) as Names;

const withNames = (steps: readonly StepData[], names: Names): StepData[] => steps.map((step) => substitute(step, names) as StepData);

/** The values of a loop, where the file says them. */
function valuesOf({ in: listed, from, to }: StepData): readonly Json[] | undefined {
  if (Array.isArray(listed)) return listed as readonly Json[];
  if (typeof from !== 'number' || typeof to !== 'number' || to - from >= mostRounds) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
