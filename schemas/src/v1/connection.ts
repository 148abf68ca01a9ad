import Type, { type Static } from 'typebox';
import { Actor, Role } from './actor.ts';
import { ErrorObject } from './error.ts';
import { AdvertisedLimits } from './advertised-limits.ts';
import { commandEnvelope, type MessageDefinition } from './message-definition.ts';
import { Position } from './place.ts';
import { Id, Json, JsonObject, Milliseconds, Seq, SeqFromZero, Timestamp } from './scalar.ts';

const feature = Type.String({ minLength: 1, maxLength: 64 });

/** How durable an event is when anybody sees it. */
export const Durability = Type.Enum(['memory', 'process', 'node', 'quorum']);
export type Durability = Static<typeof Durability>;

/** Why a server answers with a snapshot. */
export const SnapshotReason = Type.Enum(['no_position', 'epoch_changed', 'trimmed', 'too_far_behind', 'ahead']);
export type SnapshotReason = Static<typeof SnapshotReason>;

/** The first frame of a peer: attaches its connection to one session. */
export const Hello = Type.Object(
  {
    type: Type.Literal('hello'),
    versions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
    features: Type.Optional(Type.Array(feature)),
    session: Id,
    position: Type.Optional(Json),
    token: Type.Optional(Type.String()),
  },
  { title: 'Hello' },
);
export interface Hello extends Static<typeof Hello> {}

/** The one answer to `hello`. */
export const Welcome = Type.Object(
  {
    type: Type.Literal('welcome'),
    version: Type.Integer({ minimum: 1 }),
    features: Type.Array(feature),
    connection: Id,
    participant: Actor,
    role: Role,
    caps: Type.Array(Type.String()),
    resume: Type.Enum(['resumed', 'snapshot']),
    reason: Type.Optional(SnapshotReason),
    position: Position,
    head: Seq,
    now: Timestamp,
    heartbeatMs: Milliseconds,
    durability: Durability,
    limits: AdvertisedLimits,
    authExpiresInMs: Type.Optional(Milliseconds),
  },
  { title: 'Welcome' },
);
export interface Welcome extends Static<typeof Welcome> {}

/** A piece of a compacted log that leads to `position`. */
export const Snapshot = Type.Object(
  {
    type: Type.Literal('snapshot'),
    position: Position,
    events: Type.Array(Type.Object({ seq: SeqFromZero, type: Type.String() })),
    last: Type.Boolean(),
  },
  { title: 'Snapshot' },
);
export interface Snapshot extends Static<typeof Snapshot> {}

/** The peer has caught up; not that anything has ended. */
export const Synced = Type.Object({ type: Type.Literal('synced'), position: Position }, { title: 'Synced' });
export interface Synced extends Static<typeof Synced> {}

/** The one answer to a command. */
export const Ack = Type.Object(
  {
    type: Type.Literal('ack'),
    id: Id,
    status: Type.Enum(['accepted', 'noop', 'rejected']),
    position: Type.Optional(Position),
    result: Type.Optional(JsonObject),
    error: Type.Optional(ErrorObject),
  },
  { title: 'Ack' },
);
export interface Ack extends Static<typeof Ack> {}

/** A sign of life of an idle server. */
export const Heartbeat = Type.Object({ type: Type.Literal('heartbeat'), head: SeqFromZero, now: Timestamp }, { title: 'Heartbeat' });
export interface Heartbeat extends Static<typeof Heartbeat> {}

const presence = {
  status: Type.Optional(Type.Enum(['active', 'idle'])),
  typing: Type.Optional(Type.Boolean()),
  seenSeq: Type.Optional(SeqFromZero),
  data: Type.Optional(JsonObject),
};

/** One live connection, as others see it. */
export const PresentParticipant = Type.Object({ connection: Id, actor: Actor, ...presence }, { title: 'PresentParticipant' });
export interface PresentParticipant extends Static<typeof PresentParticipant> {}

/** Everybody who is here: always the whole list. */
export const Presence = Type.Object({ type: Type.Literal('presence'), participants: Type.Array(PresentParticipant) }, { title: 'Presence' });
export interface Presence extends Static<typeof Presence> {}

/** Says how a participant is; appends nothing. */
export const PresenceSet = Type.Object({ ...commandEnvelope, type: Type.Literal('presence.set'), connection: Id, ...presence }, { title: 'PresenceSet' });
export interface PresenceSet extends Static<typeof PresenceSet> {}

/** Renews the credential of a WebSocket in place; answered by an ack. */
export const Auth = Type.Object({ ...commandEnvelope, type: Type.Literal('auth'), token: Type.String({ minLength: 1 }) }, { title: 'Auth' });
export interface Auth extends Static<typeof Auth> {}

/** What the ack of an accepted `auth` tells. */
export const AuthResult = Type.Object({ role: Role, caps: Type.Array(Type.String()), authExpiresInMs: Type.Optional(Milliseconds) }, { title: 'AuthResult' });
export interface AuthResult extends Static<typeof AuthResult> {}

/** The last frame of a server: why it closes, and what the peer is to do. */
export const Bye = Type.Object(
  {
    type: Type.Literal('bye'),
    code: Type.String({ minLength: 1, maxLength: 128 }),
    action: Type.Enum(['retry', 'reauth', 'stop']),
    afterMs: Type.Optional(Milliseconds),
    message: Type.Optional(Type.String()),
  },
  { title: 'Bye' },
);
export interface Bye extends Static<typeof Bye> {}

const family = 'connection';
const profile = 'core';

export const connectionMessages: readonly MessageDefinition[] = [
  { kind: 'control', name: 'Hello', type: 'hello', family, profile, schema: Hello, from: 'peer' },
  { kind: 'control', name: 'Welcome', type: 'welcome', family, profile, schema: Welcome, from: 'server' },
  { kind: 'control', name: 'Snapshot', type: 'snapshot', family, profile, schema: Snapshot, from: 'server' },
  { kind: 'control', name: 'Synced', type: 'synced', family, profile, schema: Synced, from: 'server' },
  { kind: 'control', name: 'Ack', type: 'ack', family, profile, schema: Ack, from: 'server' },
  { kind: 'control', name: 'Heartbeat', type: 'heartbeat', family, profile, schema: Heartbeat, from: 'server' },
  { kind: 'control', name: 'Auth', type: 'auth', family, profile, schema: Auth, from: 'peer' },
  { kind: 'control', name: 'Bye', type: 'bye', family, profile, schema: Bye, from: 'server' },
  { kind: 'control', name: 'Presence', type: 'presence', family: 'presence', profile: 'presence', schema: Presence, from: 'server' },
  { kind: 'command', name: 'PresenceSet', type: 'presence.set', family: 'presence', profile: 'presence', schema: PresenceSet, roles: ['observer', 'controller', 'approver', 'agent'] },
];
