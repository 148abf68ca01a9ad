import Type, { type Static } from 'typebox';
import { ErrorObject } from './error.ts';
import { authoredEnvelope, commandEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Count, Id, Json, JsonObject, Milliseconds, Timestamp } from './scalar.ts';

/** One choice of an approval. */
export const Option = Type.Object(
  {
    optionId: Id,
    label: Type.String(),
    outcome: Type.Enum(['approved', 'denied']),
    scope: Type.Optional(Type.Enum(['once', 'session', 'always'])),
    description: Type.Optional(Type.String()),
  },
  { title: 'Option' },
);
export interface Option extends Static<typeof Option> {}

/** What a request asks for. */
export const RequestKind = Type.Enum(['approval', 'input', 'client_tool']);
export type RequestKind = Static<typeof RequestKind>;

/** A question to a person or a device is open; it is immutable. */
export const RequestOpened = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('request.opened'),
    requestId: Id,
    runId: Id,
    kind: RequestKind,
    partId: Type.Optional(Id),
    title: Type.Optional(Type.String()),
    prompt: Type.Optional(Type.String()),
    options: Type.Optional(Type.Array(Option, { minItems: 1 })),
    schema: Type.Optional(JsonObject),
    editable: Type.Optional(Type.Boolean()),
    url: Type.Optional(Type.String({ minLength: 1 })),
    automatic: Type.Optional(Type.Literal(true)),
    expiresAt: Type.Optional(Timestamp),
    metadata: Type.Optional(JsonObject),
  },
  { title: 'RequestOpened' },
);
export interface RequestOpened extends Static<typeof RequestOpened> {}

/** A device has taken a client tool, under a lease. */
export const RequestClaimed = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('request.claimed'), requestId: Id, claimant: Id, leaseMs: Milliseconds },
  { title: 'RequestClaimed' },
);
export interface RequestClaimed extends Static<typeof RequestClaimed> {}

/** A client tool is free to be claimed again. */
export const RequestReleased = Type.Object(
  {
    ...authoredEnvelope,
    type: Type.Literal('request.released'),
    requestId: Id,
    reason: Type.Enum(['released', 'lease_expired', 'epoch_changed']),
  },
  { title: 'RequestReleased' },
);
export interface RequestReleased extends Static<typeof RequestReleased> {}

/** The one decision of a request. */
export const RequestResolved = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('request.resolved'),
    requestId: Id,
    outcome: Type.Enum(['approved', 'denied', 'answered', 'failed', 'cancelled', 'expired']),
    optionId: Type.Optional(Id),
    value: Type.Optional(Json),
    editedInput: Type.Optional(Json),
    text: Type.Optional(Type.String()),
    error: Type.Optional(ErrorObject),
  },
  { title: 'RequestResolved' },
);
export interface RequestResolved extends Static<typeof RequestResolved> {}

/** Takes a client tool under a lease; repeated by the holder with a new command id, it renews the lease. */
export const RequestClaim = Type.Object(
  { ...commandEnvelope, type: Type.Literal('request.claim'), requestId: Id, claimant: Id },
  { title: 'RequestClaim' },
);
export interface RequestClaim extends Static<typeof RequestClaim> {}

/** What the ack of an accepted `request.claim` tells. */
export const RequestClaimResult = Type.Object({ leaseMs: Milliseconds }, { title: 'RequestClaimResult' });
export interface RequestClaimResult extends Static<typeof RequestClaimResult> {}

/** Gives a claimed client tool back. */
export const RequestRelease = Type.Object(
  { ...commandEnvelope, type: Type.Literal('request.release'), requestId: Id, claimant: Id },
  { title: 'RequestRelease' },
);
export interface RequestRelease extends Static<typeof RequestRelease> {}

/** Decides a request; the first committed one wins. */
export const RequestResolve = Type.Object(
  {
    ...commandEnvelope,
    type: Type.Literal('request.resolve'),
    requestId: Id,
    outcome: Type.Enum(['approved', 'denied', 'answered', 'failed', 'cancelled']),
    optionId: Type.Optional(Id),
    value: Type.Optional(Json),
    editedInput: Type.Optional(Json),
    claimant: Type.Optional(Id),
    agent: Type.Optional(Id),
    term: Type.Optional(Count),
    text: Type.Optional(Type.String()),
    error: Type.Optional(ErrorObject),
  },
  { title: 'RequestResolve' },
);
export interface RequestResolve extends Static<typeof RequestResolve> {}

const family = 'request';
const profile = 'requests';

export const requestMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'RequestOpened', type: 'request.opened', family, profile, schema: RequestOpened, sources: ['agent'] },
  { kind: 'event', name: 'RequestClaimed', type: 'request.claimed', family, profile, schema: RequestClaimed, sources: ['client'] },
  { kind: 'event', name: 'RequestReleased', type: 'request.released', family, profile, schema: RequestReleased, sources: ['client', 'server'] },
  { kind: 'event', name: 'RequestResolved', type: 'request.resolved', family, profile, schema: RequestResolved, sources: ['client', 'server', 'agent'] },
  { kind: 'command', name: 'RequestClaim', type: 'request.claim', family, profile, schema: RequestClaim, roles: ['controller', 'approver'], result: RequestClaimResult },
  { kind: 'command', name: 'RequestRelease', type: 'request.release', family, profile, schema: RequestRelease, roles: ['controller', 'approver'] },
  { kind: 'command', name: 'RequestResolve', type: 'request.resolve', family, profile, schema: RequestResolve, roles: ['controller', 'approver', 'agent'] },
];
