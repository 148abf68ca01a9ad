import Type from 'typebox';
import { NotTestable } from '../run/scenario-stop.ts';
import { numberOf, refuseLateness, stageTime, type Stage } from '../run/stage.ts';
import { defineStep, NumberOrExpression } from './step-kind.ts';

/** A rule that takes longer than the runner's patience is untested, and the limit to lower is named. */
export function refuseImpatience(stage: Stage, ms: number): void {
  if (ms > stage.patienceMs) throw new NotTestable(`limits that are shorter, or --patience ${Math.ceil(ms / 1000)}`);
}

/** Lets a timer of the server pass: only where nothing but time can show a rule. */
export const wait = defineStep({
  kind: 'wait',
  description: 'Lets so many milliseconds pass, told by an advertised limit: only where nothing but time can show a rule.',
  properties: {
    wait: NumberOrExpression,
    because: Type.String({ minLength: 10, description: 'The timer that this lets pass.' }),
  },
  async run(step, stage) {
    const ms = numberOf(step.wait, 'wait');
    refuseImpatience(stage, ms);
    await new Promise((settle) => setTimeout(settle, ms));
  },
});

/** Remembers a moment, for `notBefore` and `inTime`; one that has to be `inTime` itself holds a scenario to its own pace. */
export const mark = defineStep({
  kind: 'mark',
  description: 'Remembers this moment under a name, for notBefore and inTime. With inTime, a moment that comes too late leaves the scenario inconclusive: what is meant to be before a timer of the server came after it.',
  properties: { mark: Type.String() },
  async run(step, stage, place) {
    refuseLateness(stage, place);
    stage.marks.set(step.mark, stageTime(stage));
  },
});
