import Type, { type Static } from 'typebox';
import { ErrorObject } from './error.ts';
import { bareEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Id, Json } from './scalar.ts';

/** How a tool call has ended. */
export const ToolOutcome = Type.Enum(['completed', 'failed', 'denied', 'cancelled', 'indeterminate']);
export type ToolOutcome = Static<typeof ToolOutcome>;

/** The side effect of a tool is about to happen: committed before it does. */
export const ToolStarted = Type.Object(
  { ...eventEnvelope, type: Type.Literal('tool.started'), partId: Id, input: Type.Optional(Json) },
  { title: 'ToolStarted' },
);
export interface ToolStarted extends Static<typeof ToolStarted> {}

/** How far a tool has come; a preliminary output replaces the one before. */
export const ToolProgress = Type.Object(
  {
    ...bareEnvelope,
    type: Type.Literal('tool.progress'),
    partId: Id,
    progress: Type.Optional(Type.Number()),
    total: Type.Optional(Type.Number()),
    message: Type.Optional(Type.String()),
    output: Type.Optional(Json),
  },
  { title: 'ToolProgress' },
);
export interface ToolProgress extends Static<typeof ToolProgress> {}

/** A tool call has its outcome. */
export const ToolEnded = Type.Object(
  { ...eventEnvelope, type: Type.Literal('tool.ended'), partId: Id, outcome: ToolOutcome, output: Type.Optional(Json), error: Type.Optional(ErrorObject) },
  { title: 'ToolEnded' },
);
export interface ToolEnded extends Static<typeof ToolEnded> {}

const family = 'tool';
const profile = 'core';

export const toolMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'ToolStarted', type: 'tool.started', family, profile, schema: ToolStarted, sources: ['agent'] },
  { kind: 'event', name: 'ToolProgress', type: 'tool.progress', family, profile, schema: ToolProgress, sources: ['agent'] },
  { kind: 'event', name: 'ToolEnded', type: 'tool.ended', family, profile, schema: ToolEnded, sources: ['agent', 'server'] },
];
