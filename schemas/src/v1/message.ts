import Type, { type Static } from 'typebox';
import { authoredEnvelope, commandEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Part } from './part.ts';
import { Id, JsonObject, Name } from './scalar.ts';

/** How a message from a client came in, judged at commit (MESSAGE). */
export const Delivery = Type.Enum(['start', 'queue', 'steer', 'interrupt', 'record']);
export type Delivery = Static<typeof Delivery>;

/** A node of the conversation tree has been added. */
export const MessageCreated = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('message.created'),
    messageId: Id,
    role: Type.Enum(['user', 'assistant', 'system']),
    parentId: Type.Optional(Id),
    runId: Type.Optional(Id),
    steeredRunId: Type.Optional(Id),
    delivery: Type.Optional(Delivery),
    agentName: Type.Optional(Name),
    config: Type.Optional(JsonObject),
    parts: Type.Optional(Type.Array(Part)),
    ended: Type.Optional(Type.Literal(true)),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'MessageCreated' },
);
export interface MessageCreated extends Static<typeof MessageCreated> {}

/** Metadata of a message has been merged. */
export const MessageUpdated = Type.Object(
  { ...eventEnvelope, type: Type.Literal('message.updated'), messageId: Id, metadata: JsonObject },
  { title: 'MessageUpdated' },
);
export interface MessageUpdated extends Static<typeof MessageUpdated> {}

/** A message is complete. */
export const MessageEnded = Type.Object({ ...eventEnvelope, type: Type.Literal('message.ended'), messageId: Id }, { title: 'MessageEnded' });
export interface MessageEnded extends Static<typeof MessageEnded> {}

/** A steered message has entered its run. */
export const MessageApplied = Type.Object(
  { ...eventEnvelope, type: Type.Literal('message.applied'), messageId: Id, runId: Id, stepId: Type.Optional(Id) },
  { title: 'MessageApplied' },
);
export interface MessageApplied extends Static<typeof MessageApplied> {}

/** A steered message came too late for its run. */
export const MessageMissed = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('message.missed'),
    messageId: Id,
    runId: Id,
    reason: Type.Enum(['finished', 'failed', 'cancelled', 'rejected']),
    queuedRunId: Type.Optional(Id),
  },
  { title: 'MessageMissed' },
);
export interface MessageMissed extends Static<typeof MessageMissed> {}

/** A message has been taken out; it stays in the tree as a node without parts. */
export const MessageRemoved = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('message.removed'), messageId: Id, text: Type.Optional(Type.String()) },
  { title: 'MessageRemoved' },
);
export interface MessageRemoved extends Static<typeof MessageRemoved> {}

/** Adds a message, and with a `runId` starts a run of that id. */
export const MessageSend = Type.Object(
  {
    ...commandEnvelope,
    type: Type.Literal('message.send'),
    messageId: Id,
    parts: Type.Array(Part, { minItems: 1 }),
    runId: Type.Optional(Id),
    role: Type.Optional(Type.Enum(['user', 'system'])),
    parentId: Type.Optional(Id),
    ifBusy: Type.Optional(Type.Enum(['queue', 'steer', 'interrupt', 'reject'])),
    agentName: Type.Optional(Name),
    ifLastMessageId: Type.Optional(Type.Union([Id, Type.Null()])),
    config: Type.Optional(JsonObject),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'MessageSend' },
);
export interface MessageSend extends Static<typeof MessageSend> {}

/** What the ack of an accepted `message.send` tells. */
export const MessageSendResult = Type.Object(
  { messageId: Id, delivery: Delivery, runId: Type.Optional(Id), steeredRunId: Type.Optional(Id) },
  { title: 'MessageSendResult' },
);
export interface MessageSendResult extends Static<typeof MessageSendResult> {}

/** Takes a message out. */
export const MessageRemove = Type.Object(
  { ...commandEnvelope, type: Type.Literal('message.remove'), messageId: Id, text: Type.Optional(Type.String()) },
  { title: 'MessageRemove' },
);
export interface MessageRemove extends Static<typeof MessageRemove> {}

const family = 'message';

export const messageMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'MessageCreated', type: 'message.created', family, profile: 'core', schema: MessageCreated, sources: ['agent', 'client'] },
  { kind: 'event', name: 'MessageUpdated', type: 'message.updated', family, profile: 'agents', schema: MessageUpdated, sources: ['agent'] },
  { kind: 'event', name: 'MessageEnded', type: 'message.ended', family, profile: 'agents', schema: MessageEnded, sources: ['agent'] },
  { kind: 'event', name: 'MessageApplied', type: 'message.applied', family, profile: 'steering', schema: MessageApplied, sources: ['agent'] },
  { kind: 'event', name: 'MessageMissed', type: 'message.missed', family, profile: 'steering', schema: MessageMissed, sources: ['agent', 'server'] },
  { kind: 'event', name: 'MessageRemoved', type: 'message.removed', family, profile: 'core', schema: MessageRemoved, sources: ['client'] },
  { kind: 'command', name: 'MessageSend', type: 'message.send', family, profile: 'core', schema: MessageSend, roles: ['controller'], result: MessageSendResult },
  { kind: 'command', name: 'MessageRemove', type: 'message.remove', family, profile: 'core', schema: MessageRemove, roles: ['controller'] },
];
