import type { Command, MessageSend, RequestResolve, Role, RunStart, SessionUpdate } from '@durable-session/schemas';
import { refuse, type Refusal } from './verdict.ts';

const invalid = (path: string, message: string): Refusal => refuse('invalid_command', message, { path });

/** What the schema of a command cannot say: rules that join several of its fields, or fields with the role. */
export function checkShape(command: Command, role: Role): Refusal | undefined {
  switch (command.type) {
    case 'message.send': return checkMessageSend(command);
    case 'run.start': return checkRunStart(command);
    case 'session.update': return checkSessionUpdate(command);
    case 'request.resolve': return role === 'agent' ? checkResolveOfAgent(command) : undefined;
    default: return undefined;
  }
}

function checkMessageSend({ runId, ifBusy, parts }: MessageSend): Refusal | undefined {
  if (runId === undefined && (ifBusy === 'interrupt' || ifBusy === 'reject')) return invalid('/ifBusy', `ifBusy ${ifBusy} needs a runId`); // MESSAGE-3
  if (parts.length === 0) return invalid('/parts', 'a message must have a part'); // MESSAGE-15
  for (const [index, { kind, stepId, parentPartId }] of parts.entries()) {
    if (kind === 'tool' || kind === 'reasoning') return invalid(`/parts/${index}/kind`, `a part of message.send must be no ${kind}`);
    if (stepId !== undefined || parentPartId !== undefined) return invalid(`/parts/${index}`, 'a part of message.send belongs to no step and to no part');
  }
  return undefined;
}

function checkRunStart({ parentRunId, partId, agent, term, ifBusy }: RunStart): Refusal | undefined {
  if (parentRunId === undefined) return partId === undefined ? undefined : invalid('/partId', 'partId needs a parentRunId'); // CHILD-7
  if (agent === undefined) return invalid('/agent', 'a child run needs the agent that holds its parent'); // CHILD-3
  if (term === undefined) return invalid('/term', 'a child run needs the term in which its parent is held');
  return ifBusy === undefined ? undefined : invalid('/ifBusy', 'a child run does not wait: ifBusy must be absent');
}

function checkSessionUpdate({ title, leafId, metadata }: SessionUpdate): Refusal | undefined {
  if (title !== undefined || leafId !== undefined || metadata !== undefined) return undefined;
  return invalid('', 'session.update must have title, leafId or metadata'); // SESSION-9
}

function checkResolveOfAgent({ agent, term }: RequestResolve): Refusal | undefined {
  if (agent === undefined) return invalid('/agent', 'an agent must name itself'); // REQUEST-20
  return term === undefined ? invalid('/term', 'an agent must name its term') : undefined;
}
