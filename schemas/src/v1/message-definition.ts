import Type, { type TSchema } from 'typebox';
import { Actor, type Role } from './actor.ts';
import { CommandId, Id, Seq, Timestamp } from './scalar.ts';

/** A profile of the protocol: what a server claims in discovery is tested, the rest is not applicable (PROFILE). */
export type Profile = 'core' | 'requests' | 'agents' | 'steering' | 'state' | 'presence' | 'compaction' | 'history';

/** Who may cause an event: the server of its own, an agent by `events.append`, a client by another command. */
export type EventSource = 'server' | 'agent' | 'client';

interface Definition {
  /** The name of the type, in the schemas and in code. */
  readonly name: string;
  /** The value of the field `type` on the wire. */
  readonly type: string;
  /** The group of messages that share a page. */
  readonly family: string;
  readonly profile: Profile;
  readonly schema: TSchema;
}

/** An event: durable, with a `seq`, the only kind of frame in the log. */
export interface EventDefinition extends Definition {
  readonly kind: 'event';
  readonly sources: readonly EventSource[];
}

/** A command: asks the server to append events, and is answered by an ack. */
export interface CommandDefinition extends Definition {
  readonly kind: 'command';
  readonly roles: readonly Role[];
  /** The schema of `ack.result` of an accepted one. */
  readonly result?: TSchema;
}

/** A control frame: speaks of the connection, and is never in the log. */
export interface ControlDefinition extends Definition {
  readonly kind: 'control';
  readonly from: 'server' | 'peer';
}

export type MessageDefinition = EventDefinition | CommandDefinition | ControlDefinition;

/** What every event carries, beside its own fields (LOG). */
export const eventEnvelope = {
  seq: Seq,
  at: Timestamp,
  cause: Type.Optional(Id),
  by: Type.Optional(Actor),
};

/** The envelope of an event that always says who caused it. */
export const authoredEnvelope = { ...eventEnvelope, by: Actor };

/** The envelope of the two events of the hot path, which carry nothing but their place (DELTA). */
export const bareEnvelope = { seq: Seq };

/** What every command carries, beside its own fields (COMMAND). */
export const commandEnvelope = { id: CommandId };
