import { NotTestable } from '../run/scenario-stop.ts';
import { heldPosition, type Participant } from '../run/participant.ts';
import { tokenOf, type Stage } from '../run/stage.ts';
import type { Connection, Cut } from '../peer/connection.ts';
import { openEventStream } from '../peer/sse-connection.ts';
import { openWebSocket } from '../peer/websocket-connection.ts';
import { isFields, stringField, type Json, type JsonFields } from '../scenario/json.ts';
import { under } from '../target/discover.ts';
import type { Entry } from '../transcript/entry.ts';
import type { Header } from '../wire/http-codec.ts';

/** What a step may choose about one attach; everything else is as a well-behaved peer does it. */
export interface AttachOptions {
  readonly session: string;
  readonly position?: Json;
  readonly versions?: Json;
  readonly features?: readonly string[];
  readonly token?: string;
  /** Fields that replace or join those of `hello`; over SSE, of the query. */
  readonly hello?: JsonFields;
  readonly headers?: readonly Header[];
  readonly cutAfter?: { readonly events: number; readonly how: Cut };
  readonly answersPings?: boolean;
  readonly answersClose?: boolean;
  /** The very text of the first frame of a WebSocket, instead of a hello; an empty one sends nothing. */
  readonly firstFrame?: string;
}

const positionText = (position: Json): string => (isFields(position) ? `${String(position['epoch'])}.${String(position['seq'])}` : typeof position === 'string' ? position : JSON.stringify(position));

/** Opens a new connection of a participant over its transport and says hello. An earlier connection is closed first. */
export function attach(stage: Stage, participant: Participant, options: AttachOptions): Connection {
  const stored = heldPosition(participant);
  participant.connection?.close();
  participant.connections += 1;
  participant.cursor = 0;
  if (stored !== undefined) participant.stored = stored;
  const context = {
    recorder: stage.recorder,
    participant: participant.name,
    name: `${participant.name}#${participant.connections}`,
    session: options.session,
    credential: participant.credential,
    ...(options.cutAfter === undefined ? {} : { cutAfter: options.cutAfter }),
    ...(options.answersPings === undefined ? {} : { answersPings: options.answersPings }),
    ...(options.answersClose === undefined ? {} : { answersClose: options.answersClose }),
    writing: () => participant.writing,
  };
  const connection = participant.transport === 'websocket' ? attachWebSocket(stage, participant, options, context) : attachStream(stage, participant, options, context);
  participant.connection = connection;
  return connection;
}

type Context = Parameters<typeof openWebSocket>[2];

function attachWebSocket(stage: Stage, participant: Participant, options: AttachOptions, context: Context): Connection {
  const url = stage.target.endpoints.websocket;
  if (url === undefined) throw new NotTestable('the transport websocket');
  const connection = openWebSocket(url, options.headers ?? [], context);
  const hello = {
    type: 'hello',
    versions: options.versions ?? [1],
    ...(options.features === undefined ? {} : { features: options.features }),
    session: options.session,
    ...(options.position === undefined ? {} : { position: options.position }),
    token: options.token ?? tokenOf(stage, participant.credential),
    ...options.hello,
  };
  const sent = Object.fromEntries(Object.entries(hello).filter(([, value]) => !(isFields(value) && value['$absent'] === true)));
  const text = options.firstFrame ?? JSON.stringify(sent);
  const isUsual = options.firstFrame === undefined && options.hello === undefined && options.versions === undefined;
  if (text !== '') connection.send(text, isUsual ? 'earnest' : 'wrong');
  return connection;
}

function attachStream(stage: Stage, participant: Participant, options: AttachOptions, context: Context): Connection {
  const base = stage.target.endpoints.sse;
  if (base === undefined) throw new NotTestable('the transport sse');
  const url = under(base, `/sessions/${options.session}/events`);
  const versions = options.versions ?? [1];
  const query: { readonly [name: string]: Json } = {
    versions: Array.isArray(versions) ? versions.join(',') : versions,
    ...(options.features === undefined ? {} : { features: options.features.join(',') }),
    ...(options.position === undefined ? {} : { position: positionText(options.position) }),
    ...options.hello,
  };
  for (const [name, value] of Object.entries(query)) if (!isFields(value)) url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const token = options.token ?? tokenOf(stage, participant.credential);
  const authorization: readonly Header[] = token === '' ? [] : [['Authorization', `Bearer ${token}`]];
  return openEventStream(url, [...authorization, ...(options.headers ?? [])], context);
}

/** What a refusal says, whichever way the transport tells it: the code and action of a `bye`, the code and status of a problem document. */
export function refusalOf(entry: Entry): JsonFields | undefined {
  if (entry.kind === 'frame' && entry.frame['type'] === 'bye') return entry.frame;
  if (entry.kind === 'response' && entry.body !== undefined && entry.status !== 101) {
    const problem = parseProblem(entry.body);
    return { status: entry.status, ...problem };
  }
  return undefined;
}

function parseProblem(body: string): JsonFields {
  try {
    const value: Json = JSON.parse(body);
    return isFields(value) && stringField(value, 'code') !== undefined ? value : {};
  } catch {
    return {};
  }
}
