import { validate, type AgentEvent, type Position } from '@durable-session/schemas';
import type { AgentSession } from '../agent.ts';
import type { Client } from '../client.ts';
import { RunCancelledError } from '../errors.ts';
import type { PeopleSession } from '../people.ts';
import type { HeldRun } from '../run/held-run.ts';
import type { Session, SessionOptions } from '../session/handle.ts';
import { isFields, optionalWordOf, RequestError, textOf, wordOf, type Fields } from './request.ts';

/** One logical client of the driver: a person's, or an agent with the runs that it holds. */
export type Participant =
  | { readonly role: 'people'; readonly session: PeopleSession }
  | { readonly role: 'agent'; readonly session: AgentSession; readonly runs: Map<string, HeldRun> };

const isPosition = (value: unknown): value is Position => validate('Position', value) === undefined;

function numbersOf(fields: Fields, names: readonly string[]): { [name: string]: number } {
  return Object.fromEntries(names.flatMap((name) => (typeof fields[name] === 'number' ? [[name, fields[name]]] : [])));
}

/** Joins the session that an `open` names; the connection follows by itself. */
export function openParticipant(client: Client, fields: Fields): Participant {
  const transport = optionalWordOf(fields, 'transport', ['websocket', 'sse']);
  const { position, backoff } = fields;
  if (position !== undefined && !isPosition(position)) throw new RequestError(`position must be {epoch, seq}: got ${JSON.stringify(position)}`);
  const options: SessionOptions = {
    url: textOf(fields, 'url'),
    session: textOf(fields, 'session'),
    token: textOf(fields, 'token'),
    ...(transport === undefined ? {} : { transport }),
    ...(position === undefined ? {} : { position }),
    ...(isFields(backoff) ? { backoff: numbersOf(backoff, ['baseMs', 'capMs', 'healthMs']) } : {}),
  };
  return wordOf(fields, 'role', ['people', 'agent']) === 'people'
    ? { role: 'people', session: client.connect(options) }
    : { role: 'agent', session: client.agent(options), runs: new Map() };
}

/** Waits until the view is at `seq`, or will never be. */
export function viewAt(session: Session, seq: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { position, connection } = session.view;
      if ((position?.seq ?? 0) < seq && connection !== 'stopped') return;
      ignore();
      resolve();
    };
    const ignore = session.onChange(look);
    look();
  });
}

/** Claims a run for an agent that does no work of its own, and so ends a cancelled run at once (AGENT-26). */
export async function claimRun({ session, runs }: Extract<Participant, { role: 'agent' }>, runId: string, agent: string): Promise<HeldRun> {
  const run = await session.claim(runId, { agent });
  runs.set(runId, run);
  const stop = (): void => {
    if (!(run.signal.reason instanceof RunCancelledError)) return;
    run.end({ outcome: 'cancelled' }).catch((error: unknown) => console.error('the cancelled run could not be ended', error));
  };
  if (run.signal.aborted) stop();
  else run.signal.addEventListener('abort', stop, { once: true });
  return run;
}

const isEvent = (value: unknown): value is AgentEvent => isFields(value) && typeof value['type'] === 'string';

/** The events of an `append`; the server judges what they hold. */
export function eventsOf(fields: Fields): readonly AgentEvent[] {
  const { events } = fields;
  if (!Array.isArray(events) || !events.every(isEvent)) throw new RequestError('events must be an array of events');
  return events;
}
