import Type, { type Static } from 'typebox';
import { eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { FinishReason } from './run.ts';
import { Id, Name } from './scalar.ts';

/** One call of a model has begun. */
export const StepStarted = Type.Object(
  { ...eventEnvelope, type: Type.Literal('step.started'), stepId: Id, runId: Id, name: Type.Optional(Name) },
  { title: 'StepStarted' },
);
export interface StepStarted extends Static<typeof StepStarted> {}

/** One call of a model has ended; `superseded` drops what it wrote. */
export const StepEnded = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('step.ended'),
    stepId: Id,
    outcome: Type.Enum(['completed', 'superseded', 'failed']),
    finishReason: Type.Optional(FinishReason),
  },
  { title: 'StepEnded' },
);
export interface StepEnded extends Static<typeof StepEnded> {}

const family = 'step';
const profile = 'core';

export const stepMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'StepStarted', type: 'step.started', family, profile, schema: StepStarted, sources: ['agent'] },
  { kind: 'event', name: 'StepEnded', type: 'step.ended', family, profile, schema: StepEnded, sources: ['agent'] },
];
