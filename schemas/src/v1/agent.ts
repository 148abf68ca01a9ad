import Type, { type Static } from 'typebox';
import { commandEnvelope, type MessageDefinition } from './message-definition.ts';
import { Count, Id, Milliseconds, Seq } from './scalar.ts';

const holder = { runId: Id, agent: Id, term: Count };

/** Claims a run, or takes over a suspended one. */
export const RunClaim = Type.Object({ ...commandEnvelope, type: Type.Literal('run.claim'), runId: Id, agent: Id }, { title: 'RunClaim' });
export interface RunClaim extends Static<typeof RunClaim> {}

/** What the ack of an accepted `run.claim` tells. */
export const RunClaimResult = Type.Object({ term: Count, leaseMs: Milliseconds }, { title: 'RunClaimResult' });
export interface RunClaimResult extends Static<typeof RunClaimResult> {}

/** Renews the lease of a claim; appends no event. */
export const RunRenew = Type.Object({ ...commandEnvelope, type: Type.Literal('run.renew'), ...holder }, { title: 'RunRenew' });
export interface RunRenew extends Static<typeof RunRenew> {}

/** What the ack of an accepted `run.renew` tells. */
export const RunRenewResult = Type.Object({ leaseMs: Milliseconds }, { title: 'RunRenewResult' });
export interface RunRenewResult extends Static<typeof RunRenewResult> {}

/** Gives a run back, so that any agent may claim it later. */
export const RunRelease = Type.Object(
  { ...commandEnvelope, type: Type.Literal('run.release'), ...holder, reason: Type.Enum(['waiting', 'released']) },
  { title: 'RunRelease' },
);
export interface RunRelease extends Static<typeof RunRelease> {}

/** An event as an agent appends it: without `seq`, `at`, `by` and `cause`, and with a `runId` only if the agent likes. */
export const AppendedEvent = Type.Object({ type: Type.String({ minLength: 1, maxLength: 128 }) }, { title: 'AppendedEvent' });

/** Appends an agent's output, all or none, once for each `n` of a term. */
export const EventsAppend = Type.Object(
  { ...commandEnvelope, type: Type.Literal('events.append'), ...holder, n: Count, events: Type.Array(AppendedEvent, { minItems: 1 }) },
  { title: 'EventsAppend' },
);
export interface EventsAppend extends Static<typeof EventsAppend> {}

/** What the ack of an accepted `events.append` tells: the first and last seq of the commit. */
export const EventsAppendResult = Type.Object({ from: Seq, seq: Seq }, { title: 'EventsAppendResult' });
export interface EventsAppendResult extends Static<typeof EventsAppendResult> {}

const family = 'agent';
const profile = 'agents';
const roles = ['agent'] as const;

export const agentMessages: readonly MessageDefinition[] = [
  { kind: 'command', name: 'RunClaim', type: 'run.claim', family, profile, schema: RunClaim, roles, result: RunClaimResult },
  { kind: 'command', name: 'RunRenew', type: 'run.renew', family, profile, schema: RunRenew, roles, result: RunRenewResult },
  { kind: 'command', name: 'RunRelease', type: 'run.release', family, profile, schema: RunRelease, roles },
  { kind: 'command', name: 'EventsAppend', type: 'events.append', family, profile, schema: EventsAppend, roles, result: EventsAppendResult },
];
