/** One row of the table of limits: what a server advertises, in `welcome.limits` and in discovery, and enforces (LIMIT). */
export interface LimitDefinition {
  readonly name: string;
  readonly unit: 'bytes' | 'milliseconds' | 'events' | 'levels' | 'commands' | 'runs' | 'connections';
  readonly default: number;
  /** The legal range; its low end fits tests. */
  readonly minimum: number;
  readonly maximum: number;
  readonly meaning: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** All limits, in reading order. Precedents stand in the page about limits. */
export const limits = [
  { name: 'maxFrameBytes', unit: 'bytes', default: 262_144, minimum: 4_096, maximum: 67_108_864, meaning: 'Largest frame or POST body that the server accepts; it sends at least 1 KiB more.' },
  { name: 'maxDepth', unit: 'levels', default: 64, minimum: 16, maximum: 1_024, meaning: 'Deepest nesting of objects and arrays in a frame that the server accepts.' },
  { name: 'maxInFlight', unit: 'commands', default: 64, minimum: 1, maximum: 65_536, meaning: 'Commands of one connection that may wait for their ack.' },
  { name: 'commandsPerSecond', unit: 'commands', default: 200, minimum: 1, maximum: 1_000_000, meaning: 'Commands of one principal and session that are judged in a second, on average over ten.' },
  { name: 'maxQueuedBytes', unit: 'bytes', default: 1_048_576, minimum: 65_536, maximum: 1_073_741_824, meaning: 'Bytes that wait in the server for one slow connection.' },
  { name: 'maxQueuedRuns', unit: 'runs', default: 32, minimum: 1, maximum: 65_536, meaning: 'Runs of one session that are queued, child runs counted.' },
  { name: 'maxConnections', unit: 'connections', default: 64, minimum: 1, maximum: 65_536, meaning: 'Connections of one principal to one session at a time.' },
  { name: 'replayMaxEvents', unit: 'events', default: 1_000, minimum: 1, maximum: 1_000_000, meaning: 'Longest gap that is resumed by replay.' },
  { name: 'retainEvents', unit: 'events', default: 1_000, minimum: 1, maximum: Number.MAX_SAFE_INTEGER, meaning: 'Newest events that are never trimmed.' },
  { name: 'logPage', unit: 'events', default: 1_000, minimum: 1, maximum: 100_000, meaning: 'Most events of one page of the log.' },
  { name: 'dedupeMs', unit: 'milliseconds', default: day, minimum: 1_000, maximum: 365 * day, meaning: 'Time that the record of a command is kept at least.' },
  { name: 'heartbeatMs', unit: 'milliseconds', default: 15_000, minimum: 200, maximum: 5 * minute, meaning: 'Longest silence of the server on a connection.' },
  { name: 'helloTimeoutMs', unit: 'milliseconds', default: 10_000, minimum: 200, maximum: 5 * minute, meaning: 'Time for the first frame of a WebSocket.' },
  { name: 'leaseMs', unit: 'milliseconds', default: 30_000, minimum: 500, maximum: hour, meaning: 'Lease of a claimed run or client tool.' },
  { name: 'cancelMs', unit: 'milliseconds', default: 10_000, minimum: 200, maximum: 10 * minute, meaning: 'Time in which an agent ends a cancelled run.' },
  { name: 'authGraceMs', unit: 'milliseconds', default: 25_000, minimum: 200, maximum: 10 * minute, meaning: 'Time after the expiry of a credential in which events still flow.' },
  { name: 'revokeMs', unit: 'milliseconds', default: 5_000, minimum: 200, maximum: 10 * minute, meaning: 'Time in which a revoked credential loses effect on every node.' },
  { name: 'sseStreamMs', unit: 'milliseconds', default: 10 * minute, minimum: 500, maximum: 24 * hour, meaning: 'Longest life of one SSE stream.' },
] as const satisfies readonly LimitDefinition[];

export type LimitName = (typeof limits)[number]['name'];

/** A value for every limit. */
export type Limits = { [Name in LimitName]: number };

const byName = <Value>(value: (limit: LimitDefinition) => Value): { [name: string]: Value } =>
  Object.fromEntries(limits.map((limit) => [limit.name, value(limit)]));

/** The defaults of all limits. */
export const defaultLimits = byName((limit) => limit.default) as Limits;
