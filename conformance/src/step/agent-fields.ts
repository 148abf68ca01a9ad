import type { Participant, SentCommand } from '../run/participant.ts';
import { integerField, isFields, parseFields, stringField, type JsonFields } from '../scenario/json.ts';

const agentCommands = new Set(['run.claim', 'run.renew', 'run.release', 'events.append']);

/**
 * Fills in what an agent's commands carry and a scenario seldom cares for: `agent`, the `term` of its last claim of the run, and the next `n`.
 *
 * What the scenario gives stays, so that a wrong agent, term or n is one field away.
 */
export function withAgentFields(participant: Participant, command: JsonFields): JsonFields {
  const type = stringField(command, 'type') ?? '';
  if (!agentCommands.has(type)) return command;
  const held = participant.runs.get(stringField(command, 'runId') ?? '');
  const term = type === 'run.claim' || held === undefined ? {} : { term: held.term };
  const n = type === 'events.append' && held !== undefined ? { n: held.n + 1 } : {};
  return { agent: participant.agent, ...term, ...n, ...command };
}

/** Remembers what an accepted claim or append means for the next command of the agent. */
export function rememberHeld(participant: Participant, sent: SentCommand, ack: JsonFields): void {
  const command = parseFields(sent.text);
  const runId = command === undefined ? undefined : stringField(command, 'runId');
  if (command === undefined || runId === undefined || ack['status'] !== 'accepted') return;
  const result = isFields(ack['result']) ? ack['result'] : {};
  const term = integerField(result, 'term');
  if (term !== undefined) participant.runs.set(runId, { term, n: 0 });
  const held = participant.runs.get(runId);
  const n = integerField(command, 'n');
  if (sent.type === 'events.append' && held !== undefined && n !== undefined) participant.runs.set(runId, { term: held.term, n: Math.max(held.n, n) });
}
