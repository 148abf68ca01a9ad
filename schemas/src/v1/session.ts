import Type, { type Static } from 'typebox';
import { authoredEnvelope, commandEnvelope, type MessageDefinition } from './message-definition.ts';
import { Position } from './place.ts';
import { Id, JsonObject } from './scalar.ts';

/** The first event of every log. */
export const SessionCreated = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('session.created'), title: Type.Optional(Type.String()), metadata: Type.Optional(JsonObject) },
  { title: 'SessionCreated' },
);
export interface SessionCreated extends Static<typeof SessionCreated> {}

/** The session's title, active leaf or metadata has changed. */
export const SessionUpdated = Type.Object(
  {
    ...authoredEnvelope,
    type: Type.Literal('session.updated'),
    title: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    leafId: Type.Optional(Id),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'SessionUpdated' },
);
export interface SessionUpdated extends Static<typeof SessionUpdated> {}

/** The session has ended; it stays readable. */
export const SessionClosed = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('session.closed'), text: Type.Optional(Type.String()) },
  { title: 'SessionClosed' },
);
export interface SessionClosed extends Static<typeof SessionClosed> {}

/** Creates a session; over HTTP only. */
export const SessionCreate = Type.Object(
  {
    ...commandEnvelope,
    type: Type.Literal('session.create'),
    sessionId: Type.Optional(Id),
    title: Type.Optional(Type.String()),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'SessionCreate' },
);
export interface SessionCreate extends Static<typeof SessionCreate> {}

/** What the ack of an accepted `session.create` tells. */
export const SessionCreateResult = Type.Object({ sessionId: Id, position: Position }, { title: 'SessionCreateResult' });
export interface SessionCreateResult extends Static<typeof SessionCreateResult> {}

/** Changes title, active leaf or metadata. */
export const SessionUpdate = Type.Object(
  {
    ...commandEnvelope,
    type: Type.Literal('session.update'),
    title: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    leafId: Type.Optional(Id),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'SessionUpdate', anyOf: [{ required: ['title'] }, { required: ['leafId'] }, { required: ['metadata'] }] },
);
export interface SessionUpdate extends Static<typeof SessionUpdate> {}

/** Ends the active and queued runs and closes the session, in one commit. */
export const SessionClose = Type.Object(
  { ...commandEnvelope, type: Type.Literal('session.close'), text: Type.Optional(Type.String()) },
  { title: 'SessionClose' },
);
export interface SessionClose extends Static<typeof SessionClose> {}

const family = 'session';
const profile = 'core';

export const sessionMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'SessionCreated', type: 'session.created', family, profile, schema: SessionCreated, sources: ['client'] },
  { kind: 'event', name: 'SessionUpdated', type: 'session.updated', family, profile, schema: SessionUpdated, sources: ['client'] },
  { kind: 'event', name: 'SessionClosed', type: 'session.closed', family, profile, schema: SessionClosed, sources: ['client', 'server'] },
  { kind: 'command', name: 'SessionCreate', type: 'session.create', family, profile, schema: SessionCreate, roles: ['controller', 'agent'], result: SessionCreateResult },
  { kind: 'command', name: 'SessionUpdate', type: 'session.update', family, profile, schema: SessionUpdate, roles: ['controller', 'agent'] },
  { kind: 'command', name: 'SessionClose', type: 'session.close', family, profile, schema: SessionClose, roles: ['controller'] },
];
