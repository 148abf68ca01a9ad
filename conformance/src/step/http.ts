import Type from 'typebox';
import { openExchange } from '../peer/http-exchange.ts';
import { participantOf, settle, tokenOf, type Stage } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { parseFields, type Json } from '../scenario/json.ts';
import { discoveryPath, under } from '../target/discover.ts';
import type { ResponseEntry } from '../transcript/entry.ts';
import type { Header } from '../wire/http-codec.ts';
import { findingOfVain } from './describe-entry.ts';
import { AnyJson, defineStep } from './step-kind.ts';
import { waitAndRead } from './wait-and-read.ts';

/** By discovery, streams and commands stand under the URL of SSE, everything else under that of HTTP. */
const baseOf = (path: string, { target }: Stage): 'sse' | 'http' => (/\/(?:commands|events)(?:\?|$)/.test(path) && target.endpoints.sse !== undefined ? 'sse' : 'http');

/** Sends one HTTP request and expects its response. */
export const http = defineStep({
  kind: 'http',
  description: 'Sends one HTTP request and expects a response that fits: {status, headers (lower-case names), body (JSON where it is JSON)}.',
  properties: {
    http: Type.String({ description: 'The participant.' }),
    method: Type.Optional(Type.String({ description: 'GET if absent.' })),
    path: Type.String({ description: 'Under http.url of discovery, such as /sessions/${session}; "discovery" for the discovery document.' }),
    base: Type.Optional(Type.Enum(['http', 'sse', 'websocket'], { description: 'The endpoint that the path is under; that of SSE for …/commands and …/events, else that of HTTP.' })),
    token: Type.Optional(Type.String({ description: 'In place of that of the credential; an empty one sends no header.' })),
    tokenOf: Type.Optional(Type.String()),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    json: Type.Optional(Type.Unsafe<Json>({ description: 'The body, as JSON; "${id}" mints nothing: use command.' })),
    command: Type.Optional(Type.Unsafe<{ [field: string]: Json }>(Type.Object({}, { description: 'The body, a command that gets an id unless it has one.' }))),
    text: Type.Optional(Type.String({ description: 'The body, as it is.' })),
    wrong: Type.Optional(Type.Literal(true, { description: 'The command is meant to be wrong.' })),
    response: Type.Optional(Type.Unsafe<Json>({ description: 'A pattern of {status, headers, body}. {"status": 200} if absent.' })),
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step.http);
    const base = stage.target.endpoints[step.base ?? baseOf(step.path, stage)];
    if (base === undefined) throw new ScenarioError(`${place.source}: the target has no endpoint ${String(step.base)}`);
    const url = step.path === 'discovery' ? new URL(discoveryPath, stage.target.url) : under(base, step.path);
    if (url.protocol === 'ws:') url.protocol = 'http:';
    if (url.protocol === 'wss:') url.protocol = 'https:';
    participant.connections += 1;
    const name = `${participant.name}#${participant.connections}`;
    const token = step.token ?? tokenOf(stage, step.tokenOf ?? participant.credential);
    const body = step.text ?? (step.command !== undefined ? JSON.stringify({ id: stage.chance.mintId(), ...step.command }) : step.json === undefined ? undefined : JSON.stringify(step.json));
    const given = step.headers ?? {};
    const hasType = Object.keys(given).some((header) => header.toLowerCase() === 'content-type');
    const headers: readonly Header[] = [
      ...(token === '' ? [] : [['Authorization', `Bearer ${token}`] as const]),
      ...(body === undefined || hasType ? [] : [['Content-Type', 'application/json'] as const]),
      ...Object.entries(given).map(([header, value]): Header => [header, value]),
    ];
    const exchange = openExchange(
      { method: step.method ?? 'GET', url, headers, ...(body === undefined ? {} : { body }) },
      { recorder: stage.recorder, participant: participant.name, name, session: stage.session, credential: participant.credential, writing: () => participant.writing },
    );
    const frame = step.json !== undefined || body === undefined ? undefined : parseFields(body);
    if (frame !== undefined && body !== undefined) stage.recorder.record({ kind: 'frame', participant: participant.name, connection: name, direction: 'to-server', frame, text: body, bytes: Buffer.byteLength(body), ...(step.wrong === true || step.command === undefined ? { deliberate: true as const } : {}) });
    const waited = await waitAndRead(exchange.inbox, (entry) => entry.kind === 'response', 0, stage.patienceMs);
    const pattern = step.response ?? { status: 200 };
    if ('vain' in waited || waited.found.kind !== 'response') {
      exchange.cut();
      return settle(stage, place, { ...findingOfVain(pattern, waited, exchange.inbox.entries, stage.patienceMs), expected: `a response ${JSON.stringify(pattern)}` });
    }
    const { found } = waited;
    const result = match(pattern, valueOf(found));
    if (result.matches) for (const [captured, value] of result.captures) place.scope.capture(captured, value);
    settle(stage, place, {
      held: result.matches,
      expected: `a response ${JSON.stringify(pattern)}`,
      actual: `HTTP ${found.status} ${JSON.stringify(found.headers)} ${(found.body ?? '').slice(0, 300)}`,
      lines: [found.line],
      ...(result.matches ? {} : { path: result.mismatch.path }),
    });
  },
});

function valueOf({ status, headers, body = '' }: ResponseEntry): Json {
  try {
    const parsed: Json = JSON.parse(body);
    return { status, headers, body: parsed };
  } catch {
    return { status, headers, body };
  }
}

/** Creates a session and makes it the one that participants attach to. */
export const create = defineStep({
  kind: 'create',
  description: 'Creates a session by POST /sessions and expects an ack, accepted unless said otherwise. An accepted one becomes the session of the scenario.',
  properties: {
    create: Type.String({ description: 'The participant.' }),
    command: Type.Optional(Type.Unsafe<{ [field: string]: Json }>(Type.Object({}))),
    ack: Type.Optional(AnyJson),
  },
  async run(step, stage, place, runSteps) {
    const pattern = { $all: [step.ack ?? { status: 'accepted' }, { $any: true }] };
    const response = { status: 200, body: pattern };
    await runSteps([{ http: step.create, method: 'POST', path: '/sessions?versions=1', command: { type: 'session.create', ...step.command }, response: { $all: [response, { body: { $capture: 'createAck' } }] }, ...(place.cites.length === 0 ? {} : { cites: place.cites }) }], place, place.source);
    const ack = place.scope.lookup('createAck');
    const result = typeof ack === 'object' && ack !== null && 'result' in ack ? ack.result : undefined;
    if (typeof result === 'object' && result !== null && 'sessionId' in result && typeof result.sessionId === 'string') stage.session = result.sessionId;
  },
});
