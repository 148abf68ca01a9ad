import Type, { type Static } from 'typebox';
import { ErrorObject } from './error.ts';
import { authoredEnvelope, commandEnvelope, eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Count, Id, Json, JsonObject, Milliseconds, Name } from './scalar.ts';

/** Why a run is cancelled. */
export const CancelReason = Type.Enum(['user', 'interrupted', 'timeout', 'lease_expired', 'session_closed', 'shutdown', 'parent']);
export type CancelReason = Static<typeof CancelReason>;

/** Why a run or a step has come to its end. */
export const FinishReason = Type.Enum(['stop', 'length', 'content_filter', 'refusal', 'tool_calls', 'max_steps', 'budget', 'other']);
export type FinishReason = Static<typeof FinishReason>;

/** How a run has ended. */
export const RunOutcome = Type.Enum(['completed', 'cancelled', 'failed']);
export type RunOutcome = Static<typeof RunOutcome>;

/** A run waits to be claimed. */
export const RunQueued = Type.Object(
  {
    ...authoredEnvelope,
    type: Type.Literal('run.queued'),
    runId: Id,
    front: Type.Optional(Type.Literal(true)),
    messageId: Type.Optional(Id),
    parentId: Type.Optional(Id),
    parentRunId: Type.Optional(Id),
    partId: Type.Optional(Id),
    name: Type.Optional(Name),
    agentName: Type.Optional(Name),
    config: Type.Optional(JsonObject),
  },
  { title: 'RunQueued' },
);
export interface RunQueued extends Static<typeof RunQueued> {}

/** An agent has claimed a run, for the first time or in takeover. */
export const RunStarted = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('run.started'), runId: Id, agent: Id, term: Count },
  { title: 'RunStarted' },
);
export interface RunStarted extends Static<typeof RunStarted> {}

/** Metadata of a run has been merged. */
export const RunUpdated = Type.Object({ ...eventEnvelope, type: Type.Literal('run.updated'), runId: Id, metadata: JsonObject }, { title: 'RunUpdated' });
export interface RunUpdated extends Static<typeof RunUpdated> {}

/** No agent stands behind a run any more; any may claim it. */
export const RunSuspended = Type.Object(
  {
    ...authoredEnvelope,
    type: Type.Literal('run.suspended'),
    runId: Id,
    term: Count,
    reason: Type.Enum(['waiting', 'released', 'lease_expired', 'epoch_changed']),
  },
  { title: 'RunSuspended' },
);
export interface RunSuspended extends Static<typeof RunSuspended> {}

/** A run has been asked to stop; no output follows. */
export const RunCancelling = Type.Object(
  { ...authoredEnvelope, type: Type.Literal('run.cancelling'), runId: Id, reason: CancelReason, text: Type.Optional(Type.String()) },
  { title: 'RunCancelling' },
);
export interface RunCancelling extends Static<typeof RunCancelling> {}

/** The one end of a run; nothing of that run follows. */
export const RunEnded = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('run.ended'),
    runId: Id,
    outcome: RunOutcome,
    finishReason: Type.Optional(FinishReason),
    reason: Type.Optional(CancelReason),
    text: Type.Optional(Type.String()),
    error: Type.Optional(ErrorObject),
    result: Type.Optional(Json),
  },
  { title: 'RunEnded' },
);
export interface RunEnded extends Static<typeof RunEnded> {}

/** Starts a run without a message: regenerate, retry, continue, or, by an agent, delegate. */
export const RunStart = Type.Object(
  {
    ...commandEnvelope,
    type: Type.Literal('run.start'),
    runId: Id,
    parentId: Type.Optional(Id),
    parentRunId: Type.Optional(Id),
    partId: Type.Optional(Id),
    agent: Type.Optional(Id),
    term: Type.Optional(Count),
    name: Type.Optional(Name),
    agentName: Type.Optional(Name),
    claim: Type.Optional(Type.Object({ agent: Id })),
    ifBusy: Type.Optional(Type.Enum(['queue', 'interrupt', 'reject'])),
    config: Type.Optional(JsonObject),
  },
  { title: 'RunStart' },
);
export interface RunStart extends Static<typeof RunStart> {}

/** What the ack of an accepted `run.start` tells; `term` and `leaseMs` come with a `claim`. */
export const RunStartResult = Type.Object(
  { runId: Id, delivery: Type.Enum(['start', 'queue', 'interrupt']), term: Type.Optional(Count), leaseMs: Type.Optional(Milliseconds) },
  { title: 'RunStartResult' },
);
export interface RunStartResult extends Static<typeof RunStartResult> {}

/** Cancels a run, whatever its status. */
export const RunCancel = Type.Object(
  { ...commandEnvelope, type: Type.Literal('run.cancel'), runId: Id, text: Type.Optional(Type.String()) },
  { title: 'RunCancel' },
);
export interface RunCancel extends Static<typeof RunCancel> {}

/** What the ack of a `run.cancel` that came too late tells. */
export const RunCancelResult = Type.Object({ outcome: Type.Optional(RunOutcome) }, { title: 'RunCancelResult' });
export interface RunCancelResult extends Static<typeof RunCancelResult> {}

const family = 'run';
const profile = 'core';

export const runMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'RunQueued', type: 'run.queued', family, profile, schema: RunQueued, sources: ['client', 'server'] },
  { kind: 'event', name: 'RunStarted', type: 'run.started', family, profile, schema: RunStarted, sources: ['server'] },
  { kind: 'event', name: 'RunUpdated', type: 'run.updated', family, profile, schema: RunUpdated, sources: ['agent'] },
  { kind: 'event', name: 'RunSuspended', type: 'run.suspended', family, profile, schema: RunSuspended, sources: ['server'] },
  { kind: 'event', name: 'RunCancelling', type: 'run.cancelling', family, profile, schema: RunCancelling, sources: ['client', 'server'] },
  { kind: 'event', name: 'RunEnded', type: 'run.ended', family, profile, schema: RunEnded, sources: ['agent', 'server'] },
  { kind: 'command', name: 'RunStart', type: 'run.start', family, profile, schema: RunStart, roles: ['controller', 'agent'], result: RunStartResult },
  { kind: 'command', name: 'RunCancel', type: 'run.cancel', family, profile, schema: RunCancel, roles: ['controller'], result: RunCancelResult },
];
