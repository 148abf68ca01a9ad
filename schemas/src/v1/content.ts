import Type, { type Static } from 'typebox';
import type { Actor } from './actor.ts';
import { Citation } from './citation.ts';
import { bareEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { type Part, partChanges, partWith } from './part.ts';
import { Id, Json, JsonObject, Seq } from './scalar.ts';

/** A part has been added to a message; beside `messageId` it carries the fields of the part. */
export type PartCreated = { seq: number; type: 'part.created'; at: number; cause?: string; by?: Actor; messageId: string } & Part;
export const PartCreated = partWith<Omit<PartCreated, keyof Part>>('PartCreated', {
  ...eventEnvelope,
  type: Type.Literal('part.created'),
  messageId: Id,
});

/** Text has been added to the end of a part; with `from` it stands for the adjacent deltas from..seq (COMPACT). */
export const PartDelta = Type.Object(
  { ...bareEnvelope, type: Type.Literal('part.delta'), partId: Id, delta: Type.String(), from: Type.Optional(Seq) },
  { title: 'PartDelta' },
);
export interface PartDelta extends Static<typeof PartDelta> {}

/** Fields of a part have been replaced; `null` has removed one, and metadata has been merged. */
export const PartUpdated = Type.Object(
  { ...eventEnvelope, type: Type.Literal('part.updated'), partId: Id, ...partChanges },
  { title: 'PartUpdated' },
);
export interface PartUpdated extends Static<typeof PartUpdated> {}

/** The content of a part is complete; it does not repeat the text. */
export const PartEnded = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('part.ended'),
    partId: Id,
    input: Type.Optional(Json),
    citations: Type.Optional(Type.Array(Citation)),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'PartEnded' },
);
export interface PartEnded extends Static<typeof PartEnded> {}

const family = 'part';
const profile = 'core';

export const partMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'PartCreated', type: 'part.created', family, profile, schema: PartCreated, sources: ['agent'] },
  { kind: 'event', name: 'PartDelta', type: 'part.delta', family, profile, schema: PartDelta, sources: ['agent'] },
  { kind: 'event', name: 'PartUpdated', type: 'part.updated', family, profile, schema: PartUpdated, sources: ['agent'] },
  { kind: 'event', name: 'PartEnded', type: 'part.ended', family, profile, schema: PartEnded, sources: ['agent'] },
];
