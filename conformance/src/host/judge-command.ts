import { isFields, sameJson, type JsonFields } from '../scenario/json.ts';
import { capsOf } from './roles.ts';
import { appendEvents, headPosition, type DraftEvent, type LoggedEvent, type ScriptedLog } from './scripted-log.ts';

/** Who sends a command. */
export interface Sender extends JsonFields {
  readonly principal: string;
  readonly role: string;
}

/** The log after a command, and the ack that answers it. */
export interface Judgement {
  readonly log: ScriptedLog;
  readonly ack: JsonFields;
}

type Verdict = { readonly drafts: readonly DraftEvent[]; readonly result?: JsonFields } | { readonly noop: JsonFields } | { readonly error: JsonFields };

const rejected = (code: string, details?: JsonFields, retryable = false): Verdict => ({ error: { code, message: `scripted: ${code}`, retryable, ...(details === undefined ? {} : { details }) } });

/** Copies those of the named fields that are there. */
const pick = (fields: JsonFields, ...names: readonly string[]): JsonFields => Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

const eventsOf = (log: ScriptedLog, fields: JsonFields, key: string): readonly LoggedEvent[] => log.events.filter((event) => event[key] === fields[key]);

const unknownTarget = (kind: string, command: JsonFields): Verdict => rejected('unknown_target', { kind, id: command[`${kind}Id`] ?? null });

const runStatus = (log: ScriptedLog, fields: JsonFields): string | undefined =>
  eventsOf(log, fields, 'runId').reduce<string | undefined>((status, { type }) => {
    const [family, next] = type.split('.');
    return family !== 'run' || next === 'updated' ? status : next;
  }, undefined);

const send = (log: ScriptedLog, command: JsonFields): Verdict => {
  if (eventsOf(log, command, 'messageId').some((event) => event.type === 'message.created')) return rejected('id_in_use', { kind: 'message', id: command['messageId'] ?? null });
  const startsRun = command['runId'] !== undefined;
  const isBusy = log.events.some((event) => event.type === 'run.queued' && runStatus(log, event) !== 'ended');
  const delivery = !startsRun ? 'record' : isBusy ? 'queue' : 'start';
  const created = { type: 'message.created', role: 'user', delivery, ...pick(command, 'messageId', 'runId', 'parts'), ended: true };
  const queued = { type: 'run.queued', ...pick(command, 'messageId', 'runId') };
  return { drafts: startsRun ? [created, queued] : [created], result: { delivery, ...pick(command, 'messageId', 'runId') } };
};

const cancel = (log: ScriptedLog, command: JsonFields): Verdict => {
  const run = pick(command, 'runId');
  const status = runStatus(log, command);
  if (status === undefined) return unknownTarget('run', command);
  if (status === 'ended') return { noop: pick(eventsOf(log, command, 'runId').find((event) => event.type === 'run.ended') ?? {}, 'outcome') };
  if (status === 'cancelling') return { noop: {} };
  if (status === 'started') return { drafts: [{ type: 'run.cancelling', ...run, reason: 'user' }] };
  return { drafts: [{ type: 'run.ended', ...run, outcome: 'cancelled', reason: 'user' }] };
};

const resolve = (log: ScriptedLog, command: JsonFields): Verdict => {
  const events = eventsOf(log, command, 'requestId');
  if (events.length === 0) return unknownTarget('request', command);
  const decision = events.find((event) => event.type === 'request.resolved');
  if (decision !== undefined) return rejected('already_resolved', pick(decision, 'outcome', 'by', 'seq'));
  return { drafts: [{ type: 'request.resolved', ...pick(command, 'requestId', 'outcome', 'optionId', 'value') }] };
};

/** The last claim of a run that was granted. */
const holderOf = (log: ScriptedLog, command: JsonFields): LoggedEvent | undefined => eventsOf(log, command, 'runId').findLast((event) => event.type === 'run.started');

/** Whether somebody else than the sender may write the run, or nobody (AGENT-24). */
const isFenced = (log: ScriptedLog, command: JsonFields): boolean => {
  const holder = holderOf(log, command);
  return runStatus(log, command) === 'suspended' || holder?.['agent'] !== command['agent'] || holder?.['term'] !== command['term'];
};

const claim = (log: ScriptedLog, command: JsonFields, _: Sender, leaseMs: number): Verdict => {
  const status = runStatus(log, command);
  if (status === undefined) return unknownTarget('run', command);
  if (status === 'ended') return rejected('run_not_active');
  if (status === 'started' || status === 'cancelling') return rejected('already_claimed', undefined, true);
  const claims = eventsOf(log, command, 'runId').filter((event) => event.type === 'run.started');
  if (claims.some((event) => event['agent'] === command['agent'])) return rejected('id_in_use', { kind: 'agent', id: command['agent'] ?? null });
  const term = claims.length + 1;
  return { drafts: [{ type: 'run.started', ...pick(command, 'runId', 'agent'), term }], result: { term, leaseMs } };
};

/** Events of a run into which the server writes the `runId` that its agent left out. */
const ofRun = new Set(['message.created', 'message.applied', 'message.missed', 'step.started', 'request.opened', 'usage.updated', 'run.updated', 'run.ended']);

/** What an agent may still write into a cancelling run (APPEND-15). */
const isLeft = (event: JsonFields): boolean =>
  ['part.ended', 'message.ended', 'step.ended', 'tool.ended', 'message.missed', 'usage.updated'].includes(String(event['type'])) || (event['type'] === 'run.ended' && event['outcome'] === 'cancelled');

const append = (log: ScriptedLog, command: JsonFields): Verdict => {
  const events = Array.isArray(command['events']) ? command['events'].filter(isFields) : [];
  const drafts = events.map((event): DraftEvent => ({ ...(ofRun.has(String(event['type'])) ? pick(command, 'runId') : {}), ...event, type: String(event['type']) }));
  if (runStatus(log, command) === 'ended') return rejected('run_not_active');
  if (isFenced(log, command)) return rejected('fenced', pick(holderOf(log, command) ?? {}, 'term'));
  if (runStatus(log, command) === 'cancelling' && !events.every(isLeft)) return rejected('run_cancelling');
  const { n } = command;
  const last = Math.max(0, ...[...log.records.values()].filter((record) => record.command['type'] === 'events.append' && record.command['runId'] === command['runId'] && record.command['term'] === command['term']).map((record) => Number(record.command['n'])));
  if (n !== last + 1) return rejected('out_of_order', { next: last + 1 });
  return { drafts, result: { from: log.events.length + 1, seq: log.events.length + drafts.length } };
};

const renew = (log: ScriptedLog, command: JsonFields, _: Sender, leaseMs: number): Verdict => (isFenced(log, command) ? rejected('fenced') : { drafts: [], result: { leaseMs } });

const release = (log: ScriptedLog, command: JsonFields): Verdict =>
  isFenced(log, command) ? rejected('fenced') : { drafts: [{ type: 'run.suspended', ...pick(command, 'runId', 'term', 'reason') }] };

/** A client tool is taken, or the lease on it renewed. */
const claimTool = (log: ScriptedLog, command: JsonFields, by: Sender, leaseMs: number): Verdict => {
  const last = eventsOf(log, command, 'requestId').findLast(({ type }) => type.startsWith('request.'));
  if (last === undefined) return unknownTarget('request', command);
  if (last.type === 'request.resolved') return rejected('already_resolved', pick(last, 'outcome', 'by', 'seq'));
  const isMine = last.type === 'request.claimed' && isFields(last['by']) && last['by']['principal'] === by.principal && last['claimant'] === command['claimant'];
  if (isMine) return { drafts: [], result: { leaseMs } };
  if (last.type === 'request.claimed') return rejected('already_claimed', undefined, true);
  return { drafts: [{ type: 'request.claimed', ...pick(command, 'requestId', 'claimant'), leaseMs }], result: { leaseMs } };
};

const judges: { readonly [type: string]: (log: ScriptedLog, command: JsonFields, by: Sender, leaseMs: number) => Verdict } = {
  'message.send': send,
  'run.cancel': cancel,
  'request.resolve': resolve,
  'run.claim': claim,
  'events.append': append,
  'run.renew': renew,
  'run.release': release,
  'request.claim': claimTool,
  'presence.set': () => ({ drafts: [] }),
  auth: (_, __, by) => ({ drafts: [], result: { role: by.role, caps: [...(capsOf[by.role] ?? [])] } }),
};

/** An append is known by its n, whatever its id (APPEND); every other command by its id. */
const recordKey = (command: JsonFields, { principal }: Sender): string =>
  command['type'] === 'events.append' ? ['append', principal, command['runId'], command['agent'], command['term'], command['n']].join(' ') : `${principal} ${String(command['id'])}`;

const isRepeat = (first: JsonFields, second: JsonFields): boolean => (first['type'] === 'events.append' ? sameJson(first['events'], second['events']) : sameJson(first, second));

/**
 * Judges a command as an honest server would: a repeat gets its stored ack, the first decision wins, a late cancel is a noop.
 *
 * Only what client scenarios need is known; every other type is `unsupported_command`.
 */
export const judgeCommand = (log: ScriptedLog, command: JsonFields, by: Sender, now: number, leaseMs: number): Judgement => {
  const id = String(command['id']);
  const key = recordKey(command, by);
  const record = log.records.get(key);
  if (record !== undefined && isRepeat(record.command, command)) return { log, ack: { ...record.ack, id } };
  const verdict = record !== undefined ? rejected('idempotency_conflict', { ...pick(command, 'n'), ...(isFields(record.ack['result']) ? pick(record.ack['result'], 'from', 'seq') : {}) }) : (judges[String(command['type'])] ?? (() => rejected('unsupported_command')))(log, command, by, leaseMs);
  if ('error' in verdict) return { log, ack: { type: 'ack', id, status: 'rejected', error: verdict.error } };
  if ('noop' in verdict) return { log, ack: { type: 'ack', id, status: 'noop', result: verdict.noop } };
  const isAgent = command['type'] === 'events.append';
  const next = appendEvents(log, verdict.drafts.map((draft) => (isAgent ? draft : { ...draft, cause: id, by })), now);
  const position = verdict.drafts.length === 0 ? {} : { position: headPosition(next) };
  const ack = { type: 'ack', id, status: 'accepted', ...position, ...(verdict.result === undefined ? {} : { result: verdict.result }) };
  return { log: { ...next, records: new Map([...next.records, [key, { command, ack }]]) }, ack };
};
