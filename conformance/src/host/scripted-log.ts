import type { JsonFields } from '../scenario/json.ts';

/** An event of a scripted log: whatever the script says, with its place. */
export interface LoggedEvent extends JsonFields {
  readonly seq: number;
  readonly type: string;
}

/** An event as a scenario writes it, before it has its place. */
export interface DraftEvent extends JsonFields {
  readonly type: string;
}

/** The stored answer to an accepted command. */
export interface CommandRecord {
  readonly command: JsonFields;
  readonly ack: JsonFields;
}

/**
 * The session that a scripted server holds: a log, its epoch, and the records of accepted commands.
 *
 * Values are replaced, never changed, so a step can look at what was before it.
 */
export interface ScriptedLog {
  readonly epoch: string;
  readonly events: readonly LoggedEvent[];
  readonly records: ReadonlyMap<string, CommandRecord>;
}

/** Events without `at`, the hot path. */
const bareTypes = new Set(['part.delta', 'tool.progress']);

/** Returns the log with these events at its end; `now` is written into those whose type carries a time. */
export const appendEvents = (log: ScriptedLog, drafts: readonly DraftEvent[], now: number): ScriptedLog => {
  const head = headOf(log);
  const added = drafts.map((draft, index): LoggedEvent => ({ seq: head + index + 1, ...(bareTypes.has(draft.type) ? {} : { at: now }), ...draft }));
  return { ...log, events: [...log.events, ...added] };
};

/** Begins a log in this epoch with these events. */
export const beginLog = (epoch: string, drafts: readonly DraftEvent[], now: number): ScriptedLog => appendEvents({ epoch, events: [], records: new Map() }, drafts, now);

/** Returns the log in a new epoch, in which only the first `kept` events survive (EPOCH-7). */
export const changeEpoch = (log: ScriptedLog, epoch: string, kept: number): ScriptedLog => ({ epoch, events: log.events.slice(0, kept), records: new Map() });

/** The seq of the last event, 0 of an empty log. */
export const headOf = (log: ScriptedLog): number => log.events.length;

/** The position of the last event. */
export const headPosition = (log: ScriptedLog): { epoch: string; seq: number } => ({ epoch: log.epoch, seq: headOf(log) });
