import type { StepData } from '../scenario/scenario.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { resolve } from '../scenario/scope.ts';
import { kindOf } from '../step/table.ts';
import { isFields, type Json } from '../scenario/json.ts';
import { numberOf, type Stage, type StepPlace } from './stage.ts';

/** Runs steps one after the other; the first that stops the scenario throws. */
export async function runSteps(steps: readonly StepData[], stage: Stage, place: StepPlace, prefix: string): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const kind = kindOf(step);
    const source = `${prefix}${prefix === 'step' || prefix === 'setup' ? ' ' : '.'}${index + 1}`;
    if (kind === undefined) throw new ScenarioError(`${source}: the first key must name a kind of step: got ${Object.keys(step)[0] ?? 'nothing'}`);
    const cites = step['cites'] === undefined ? [] : resolve(step['cites'], place.scope);
    const untilMs = step['inTime'] === undefined ? undefined : untilOf(resolve(step['inTime'], place.scope), stage);
    const here = { ...place, ...(untilMs === undefined ? {} : { untilMs }), source: `${source} ${kind.kind}`, cites: Array.isArray(cites) ? cites.map(String) : [] };
    await kind.run(step, stage, here, (nested, nestedPlace, nestedPrefix) => runSteps(nested, stage, { ...nestedPlace, cites: [] }, nestedPrefix));
  }
}

function untilOf(inTime: Json, stage: Stage): number {
  const { mark = null, ms } = isFields(inTime) ? inTime : {};
  const at = stage.marks.get(String(mark));
  if (at === undefined) throw new ScenarioError(`inTime must name a mark that was set before: got ${String(mark)}`);
  return at + numberOf(ms, 'inTime.ms');
}
