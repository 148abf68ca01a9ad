import Type, { type Static } from 'typebox';
import type { Json } from './json.ts';

/** A step as it stands in a file: one key names its kind, the others belong to that kind. */
export type StepData = { readonly [key: string]: Json };

const step = Type.Unsafe<StepData>(Type.Object({}, { description: 'One step; one of its keys names its kind.' }));

/** An id of the specification. */
export const RequirementId = Type.String({ pattern: '^[A-Z]+-[0-9]+$', description: 'The id of a requirement.' });

/** The name of a participant, a capture, a mark or a loop variable. */
export const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$' });

const credential = Type.String({ description: 'controller, controller2, approver, observer, agent, agent2, stranger, or one of `server.tokens`.' });

const ParticipantData = Type.Union([
  credential,
  Type.Object({
    as: credential,
    transport: Type.Optional(Type.Enum(['websocket', 'sse'])),
  }, { additionalProperties: false }),
]);

/** A credential of a server of the scenario's own. */
const ExtraCredentialData = Type.Object(
  {
    role: Type.Enum(['controller', 'approver', 'observer', 'agent']),
    principal: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    sessions: Type.Optional(Type.Array(Type.String())),
    expiresInMs: Type.Optional(Type.Integer()),
  },
  { additionalProperties: false },
);

/** One behaviour, as data: who takes part, what they do, what must come back. */
export const Scenario = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+/[a-z0-9-]+$', description: 'Concept and behaviour: the path of the file.' }),
    title: Type.String({ minLength: 10, maxLength: 100, description: 'A fact in the present tense.' }),
    covers: Type.Array(RequirementId, { minItems: 1, description: 'Every requirement that a step cites, and no other.' }),
    profiles: Type.Optional(Type.Array(Type.String(), { description: 'What the target must claim beside core.' })),
    without: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'What the target must not claim; one that does is started again with the setting `profiles`, claiming only core and those of `profiles`.' })),
    comment: Type.Optional(Type.String({ description: 'Why it is as it is, where that is odd.' })),
    transports: Type.Optional(Type.Array(Type.Enum(['websocket', 'sse', 'mixed']), { minItems: 1, description: 'The variants it runs in; all that fit, if absent.' })),
    participants: Type.Record(Name, ParticipantData),
    session: Type.Optional(Type.Literal(false, { description: 'No session is created before the first step.' })),
    server: Type.Optional(
      Type.Object(
        {
          limits: Type.Optional(Type.Record(Type.String(), Type.Integer())),
          tokens: Type.Optional(Type.Record(Name, ExtraCredentialData)),
          alone: Type.Optional(Type.Literal(true, { description: 'Shares the server with no other variant or scenario, though it neither kills nor restarts it.' })),
          origins: Type.Optional(Type.Array(Type.String(), { description: 'Web origins that it allows; none if absent.' })),
          profiles: Type.Optional(Type.Array(Type.String(), { description: 'Claims only core and these; everything that it serves, if absent.' })),
        },
        { additionalProperties: false, description: 'A server of its own, started with these limits, origins and further tokens; needed for kill and restart. Without the hook the scenario is untested.' },
      ),
    ),
    steps: Type.Array(step, { minItems: 1 }),
  },
  { title: 'Scenario', additionalProperties: false },
);
export interface Scenario extends Static<typeof Scenario> {}

/** Steps that several scenarios begin with; cites nothing. */
export const Fragment = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    title: Type.String({ minLength: 10, maxLength: 100 }),
    parameters: Type.Record(Name, Type.Unsafe<Json>({}), { description: 'Names with the values that hold unless `with` says otherwise.' }),
    steps: Type.Array(step, { minItems: 1 }),
  },
  { title: 'Fragment', additionalProperties: false },
);
export interface Fragment extends Static<typeof Fragment> {}
