import Type, { type Static } from 'typebox';
import { commandEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Json, SeqFromZero } from './scalar.ts';

const path = Type.String({ pattern: '^(/([^~/]|~[01])*)*$', description: 'A JSON Pointer (RFC 6901).' });

/** One operation of an RFC 6902 patch. */
export const PatchOperation = Type.Unsafe<
  { op: 'add' | 'replace' | 'test'; path: string; value: unknown } | { op: 'remove'; path: string } | { op: 'move' | 'copy'; path: string; from: string }
>({
  title: 'PatchOperation',
  type: 'object',
  required: ['op'],
  discriminator: { propertyName: 'op' },
  oneOf: [
    Type.Object({ op: Type.Enum(['add', 'replace', 'test']), path, value: Json }),
    Type.Object({ op: Type.Enum(['remove']), path }),
    Type.Object({ op: Type.Enum(['move', 'copy']), path, from: path }),
  ],
});
export type PatchOperation = Static<typeof PatchOperation>;

const patch = Type.Array(PatchOperation, { minItems: 1 });

/** The shared state has been set as a whole. */
export const StateReplaced = Type.Object({ ...eventEnvelope, type: Type.Literal('state.replaced'), state: Json }, { title: 'StateReplaced' });
export interface StateReplaced extends Static<typeof StateReplaced> {}

/** The shared state has been changed by an RFC 6902 patch that applied whole. */
export const StatePatched = Type.Object({ ...eventEnvelope, type: Type.Literal('state.patched'), patch }, { title: 'StatePatched' });
export interface StatePatched extends Static<typeof StatePatched> {}

/** Changes the shared state by a patch that applies whole or not at all. */
export const StatePatch = Type.Object(
  { ...commandEnvelope, type: Type.Literal('state.patch'), patch, ifStateSeq: Type.Optional(SeqFromZero) },
  { title: 'StatePatch' },
);
export interface StatePatch extends Static<typeof StatePatch> {}

/** What the ack of an accepted `state.patch` tells. */
export const StatePatchResult = Type.Object({ stateSeq: SeqFromZero }, { title: 'StatePatchResult' });
export interface StatePatchResult extends Static<typeof StatePatchResult> {}

const family = 'state';
const profile = 'state';

export const stateMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'StateReplaced', type: 'state.replaced', family, profile, schema: StateReplaced, sources: ['agent'] },
  { kind: 'event', name: 'StatePatched', type: 'state.patched', family, profile, schema: StatePatched, sources: ['agent', 'client'] },
  { kind: 'command', name: 'StatePatch', type: 'state.patch', family, profile, schema: StatePatch, roles: ['controller'], result: StatePatchResult },
];
