import { Value } from 'typebox/value';
import { stepBodies, type StepKind, type StepOf } from './format.ts';
import { claim, effect, emit, logged, noEffect, release, renewals, restart, tool, work } from './step/agent.ts';
import { cancel, close, effects, online, resolve, send, settled, token, unsettled } from './step/application.ts';
import { attach } from './step/attach.ts';
import { backoff } from './step/backoff.ts';
import { acknowledge, command, pauses, repeated, serve, unsent } from './step/command.ts';
import { open } from './step/open.ts';
import { append, bye, cut, delays, door, epoch, frames, left, ping, quiet, refused, stall, untouched, wait } from './step/serving.ts';
import { view } from './step/view.ts';
import type { Story } from './story.ts';

/** What each kind of step does. */
const table: { readonly [Kind in StepKind]: (story: Story, step: StepOf<Kind>) => void | Promise<void> } = {
  open, attach, append, frames, cut, bye, ping, stall, door, refused, quiet, delays, backoff, send, cancel, resolve, claim, emit, release, work, tool, effect, noEffect, logged, renewals, restart, command, acknowledge, pauses, wait, untouched, repeated, unsent, left, serve, settled, unsettled, view, effects, epoch, token, online, close,
};

const isKind = (name: string): name is StepKind => Object.hasOwn(stepBodies, name);

const runKind = async <Kind extends StepKind>(story: Story, kind: Kind, fields: unknown): Promise<void> => {
  const schema = stepBodies[kind];
  if (!Value.Check(schema, fields)) throw new Error(`${story.file.id}: ${story.place} does not fit the format`);
  await table[kind](story, fields as StepOf<Kind>); // checked in the line above; the table's row has the same kind
};

/** Runs steps one after the other; `prefix` places them in the findings. */
export const runSteps = async (story: Story, steps: readonly object[], prefix = ''): Promise<void> => {
  for (const [index, step] of steps.entries()) {
    const [entry] = Object.entries(step);
    const [kind = '', fields] = entry ?? [];
    const place = `${prefix}${index + 1}`;
    if (kind === 'repeat' && isRepeat(fields)) {
      for (let round = 1; round <= fields.times; round++) await runSteps(story, fields.steps, `${place} round ${round}.`);
      continue;
    }
    if (!isKind(kind)) throw new Error(`${story.file.id}: step ${place} must be of a known kind: got ${kind}`);
    story.place = `step ${place} ${kind}`;
    await runKind(story, kind, fields);
  }
};

const isRepeat = (fields: unknown): fields is { readonly times: number; readonly steps: readonly object[] } =>
  typeof fields === 'object' && fields !== null && 'times' in fields && typeof fields.times === 'number' && 'steps' in fields && Array.isArray(fields.steps);
