import type { Connection } from '../peer/connection.ts';
import type { Inbox } from '../peer/inbox.ts';
import type { Writing } from '../peer/writer.ts';
import { integerField, isFields, type JsonFields } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';

/** A command that has been sent: its bytes, for a repeat, and where its answer will come. */
export interface SentCommand {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly inbox: Inbox;
  readonly from: number;
}

/** One scripted peer of a scenario, over all its connections. */
export interface Participant {
  readonly name: string;
  readonly credential: string;
  /** Minted anew for each participant, as an agent's process does. */
  readonly agent: string;
  transport: 'websocket' | 'sse';
  connection?: Connection;
  /** How far its steps have looked into the inbox of its connection. */
  cursor: number;
  /** The position that it held when its last connection ended. */
  stored?: JsonFields;
  connections: number;
  readonly commands: Map<string, SentCommand>;
  /** What an agent holds: the term of its last claim of each run, and the n of its last append in it. */
  readonly runs: Map<string, { readonly term: number; readonly n: number }>;
  /** Whether it reads the answers to what it POSTs. */
  stalled: boolean;
  /** How it hands what it sends to the network. */
  writing: Writing;
}

/** The position that a participant holds after everything that it received; undefined while it holds none. */
export function heldPosition(participant: Participant): JsonFields | undefined {
  const entries = participant.connection?.inbox.entries ?? [];
  return entries.reduce<JsonFields | undefined>(positionAfter, participant.stored);
}

function positionAfter(held: JsonFields | undefined, entry: Entry): JsonFields | undefined {
  if (entry.kind !== 'frame') return held;
  const { frame } = entry;
  const position = frame['position'];
  if (frame['type'] === 'welcome' && frame['resume'] === 'resumed' && isFields(position)) return position;
  if (frame['type'] === 'snapshot' && frame['last'] === true && isFields(position)) return position;
  const seq = integerField(frame, 'seq');
  return seq !== undefined && held !== undefined ? { ...held, seq } : held;
}

/** What `${phone.…}` gives in a scenario. */
export function participantFields(participant: Participant): JsonFields {
  const position = heldPosition(participant);
  const welcome = participant.connection?.inbox.entries.find((entry) => entry.kind === 'frame' && entry.frame['type'] === 'welcome');
  return {
    agent: participant.agent,
    runs: Object.fromEntries(participant.runs),
    transport: participant.transport,
    ...(position === undefined ? {} : { position }),
    ...(welcome?.kind === 'frame' ? { welcome: welcome.frame } : {}),
    commands: Object.fromEntries([...participant.commands].map(([name, { id }]) => [name, id])),
  };
}
