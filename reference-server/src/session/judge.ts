import { type Actor, type Command, wireTypeOf } from '@durable-session/schemas';
import { appendEvents, judgeRepeatedAppend } from './append.ts';
import { claimRun, releaseRun, renewRun } from './claim.ts';
import type { Draft } from './draft.ts';
import { removeMessage, sendMessage } from './message.ts';
import { claimRequest, releaseRequest, resolveRequest } from './request.ts';
import { cancel, startRun } from './run.ts';
import { closeSession, patchState, updateSession } from './session.ts';
import { refuse, type Refusal, rejected, type Verdict } from './verdict.ts';

/**
 * Judges one command from its role on (COMMAND, the table of precedence): what comes before, up to the
 * repeat, is the caller's. On `accepted` the draft holds the events of the commit; on anything else
 * the caller rolls the state back. `digest` stands for the content of an append.
 */
export function judge(draft: Draft, command: Command, sender: Actor, digest: string): Verdict {
  if (command.type === 'events.append') {
    const repeated = judgeRepeatedAppend(draft, command, sender, digest);
    if (repeated) return repeated;
  }
  const fault = checkRole(command, sender) ?? checkClosed(draft);
  if (fault) return rejected(fault);
  const verdict = judgeByType(draft, command, sender, digest);
  return verdict.status === 'accepted' && draft.state.head > Number.MAX_SAFE_INTEGER ? rejected(logFull()) : verdict;
}

const logFull = (): Refusal => refuse('limit_exceeded', `a session must have at most ${Number.MAX_SAFE_INTEGER} events`, { limit: 'seq' }); // LOG-9

/** Refuses a command that is not among those of the role (ROLE-3). */
export function checkRole(command: Command, { role }: Actor): Refusal | undefined {
  const allowed = wireTypeOf(command.type)?.roles?.some((each) => each === role) && isAllowed(command, role);
  return allowed ? undefined : refuse('forbidden', `the role ${role} must not send this ${command.type}`);
}

function isAllowed(command: Command, role: Actor['role']): boolean {
  if (command.type === 'run.start') return role === 'agent' || (command.claim === undefined && command.parentRunId === undefined); // RUN-21
  if (command.type === 'request.resolve') return role !== 'agent' || command.outcome === 'cancelled' || command.outcome === 'answered'; // REQUEST-19
  return true;
}

const checkClosed = ({ state }: Draft): Refusal | undefined =>
  state.facts.closed ? refuse('session_closed', 'the session must be open') : undefined;

function judgeByType(draft: Draft, command: Command, sender: Actor, digest: string): Verdict {
  switch (command.type) {
    case 'message.send': return sendMessage(draft, command);
    case 'message.remove': return removeMessage(draft, command);
    case 'run.start': return startRun(draft, command, sender);
    case 'run.cancel': return cancel(draft, command);
    case 'run.claim': return claimRun(draft, command, sender);
    case 'run.renew': return renewRun(draft, command, sender);
    case 'run.release': return releaseRun(draft, command, sender);
    case 'events.append': return appendEvents(draft, command, sender, digest);
    case 'request.claim': return claimRequest(draft, command, sender);
    case 'request.release': return releaseRequest(draft, command, sender);
    case 'request.resolve': return resolveRequest(draft, command, sender);
    case 'state.patch': return patchState(draft, command);
    case 'session.update': return updateSession(draft, command);
    case 'session.close': return closeSession(draft, command);
    case 'session.create': case 'presence.set':
      return rejected(refuse('unsupported_command', `${command.type} is not judged by a session`));
    default: {
      const never: never = command;
      return never;
    }
  }
}
