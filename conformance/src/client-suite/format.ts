import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { PlanStep } from '../driver/plan.ts';
import type { Json, JsonFields } from '../scenario/json.ts';

const fields = Type.Unsafe<JsonFields>(Type.Object({}));
const json = Type.Unsafe<Json>(Type.Unknown());
const ids = Type.Array(Type.String({ pattern: '^[A-Z]+-[0-9]+$' }), { minItems: 1 });
const count = Type.Integer({ minimum: 0 });
const event = Type.Unsafe<JsonFields & { readonly type: string }>(Type.Object({ type: Type.String() }));
const text = Type.String({ minLength: 1 });

/** What every step has: the client that it is about (`app` unless said otherwise), and the requirements that its own check shows (all that the scenario covers unless said otherwise). */
const common = { client: Type.Optional(text), cites: Type.Optional(ids) };

const body = <Fields extends TProperties>(description: string, more: Fields) => Type.Object({ ...common, ...more }, { additionalProperties: false, description });

/** The kinds of steps, and the fields of each. */
export const stepBodies = {
  open: body('The driver opens a logical client.', {
    role: Type.Optional(Type.Enum(['people', 'agent'])),
    at: Type.Optional(Type.Integer({ description: 'The seq that it resumes from, as if stored before.' })),
    connectMs: Type.Optional(Type.Integer()),
    discovers: Type.Optional(Type.String({ description: 'A participant without a client, whose origin discovery names for every transport.' })),
    host: Type.Optional(Type.String({ description: 'The name by which the client is told to reach this machine.' })),
  }),
  attach: body('Waits for the next attach request, judges its `hello`, and answers it as an honest server does.', {
    position: Type.Optional(Type.Union([Type.Enum(['held', 'none']), count], { description: '`held` (the default): what the client must hold by what was sent to it; or a seq.' })),
    token: Type.Optional(Type.Integer({ description: 'The number of the token that it must bring; any that was given unless said otherwise.' })),
    notBeforeMs: Type.Optional(Type.Integer({ description: 'The least time since the last connection ended.' })),
    withinMs: Type.Optional(Type.Integer({ description: 'The most time since the last connection ended, beside the patience of the run.' })),
    answer: Type.Optional(Type.Enum(['honest', 'welcome', 'unfinished', 'nothing'], { description: 'Everything; `welcome` alone; all snapshot frames but the last; nothing.' })),
    snapshotFrames: Type.Optional(Type.Integer({ minimum: 1 })),
    snapshotAt: Type.Optional(count),
    snapshotWithout: Type.Optional(Type.Array(text, { description: 'Types of events without effect on the fold, which the snapshot leaves out.' })),
    welcome: Type.Optional(fields),
    needsFeature: Type.Optional(Type.String({ description: 'A feature that `hello` must offer, and `welcome` then enables; a client that does not is not judged by this scenario.' })),
  }),
  append: body('Commits events, and delivers them to every attached client.', {
    next: Type.Optional(Type.Integer({ minimum: 1, description: 'The next n events of the log file; all that are left if neither this nor `events` is given.' })),
    events: Type.Optional(Type.Array(event)),
    padTo: Type.Optional(Type.Integer({ description: 'The last event is a part.delta whose text is lengthened until its JSON has so many bytes.' })),
    deliver: Type.Optional(Type.Enum(['whole', 'half', 'not'], { description: '`half`: only the first half of the bytes of the last one.' })),
  }),
  frames: body('Sends frames as they stand; `{"event": n}` is the event n of the log.', {
    frames: Type.Optional(Type.Array(fields)),
    isWrong: Type.Optional(Type.Boolean({ description: 'The frames do not fit their schemas, on purpose.' })),
    raw: Type.Optional(Type.String({ description: 'A text that need not be JSON.' })),
    connection: Type.Optional(Type.Enum(['current', 'previous'])),
  }),
  cut: body('Ends the connection of the client.', { how: Type.Enum(['fin', 'rst', 'close']), code: Type.Optional(Type.Integer()) }),
  bye: body('Says bye and ends the connection.', { code: text, action: text, message: Type.Optional(text), afterMs: Type.Optional(count), closeCode: Type.Optional(Type.Integer()) }),
  ping: body('Sends a WebSocket ping and waits for the pong.', {}),
  stall: body('From now on nothing comes from the server on this connection, not even the answer to a FIN.', {}),
  door: body('Answers each further attach request by an HTTP status, before a stream or an upgrade; without a status it serves them again.', {
    status: Type.Optional(Type.Integer()),
    retryAfterMs: Type.Optional(count),
    problem: Type.Optional(fields),
  }),
  refused: body('Waits until so many attach requests have been refused at the door.', { times: Type.Integer({ minimum: 1 }) }),
  quiet: body('Shows by a bounded silence that no further attach request comes.', { forMs: Type.Integer() }),
  delays: body('Judges the waits between the end of a connection and the next attach request.', {
    last: Type.Integer({ minimum: 2 }),
    shortestAtMostMs: Type.Optional(Type.Integer()),
    sumAtLeastMs: Type.Optional(Type.Integer()),
  }),
  backoff: body('Cuts many clients off at once, refuses each so often in each round, and judges their waits together.', {
    clients: Type.Integer({ minimum: 1 }),
    rounds: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
  }),
  send: body('The application sends a message.', { messageId: text, text: Type.String(), runId: Type.Optional(text), ifBusy: Type.Optional(text), as: text }),
  cancel: body('The application cancels a run.', { runId: text, as: text }),
  resolve: body('The application resolves a request.', { requestId: text, outcome: text, optionId: Type.Optional(text), value: Type.Optional(json), as: text }),
  claim: body('The agent claims a run.', { runId: text, as: text }),
  emit: body('The agent appends events.', { runId: text, events: Type.Array(event), as: text }),
  release: body('The agent gives a run back.', { runId: text, reason: Type.Enum(['waiting', 'released']), as: text }),
  work: body('The agent claims a run and carries out a plan; the effects in it are names.', { runId: text, plan: Type.Array(PlanStep), as: text }),
  tool: body('A device takes a client tool, runs it by the effect of that name, and answers.', { requestId: text, effect: text, as: text }),
  effect: body('Waits until a side effect has begun, and answers it: it is done, has failed, or nobody can know.', {
    name: text,
    input: Type.Optional(json),
    answer: Type.Enum(['done', 'failed', 'lost', 'never']),
    output: Type.Optional(fields),
  }),
  noEffect: body('Shows by a bounded silence that no side effect begins.', { forMs: Type.Integer() }),
  logged: body('Waits until the log holds so many events that match.', { match: fields, times: Type.Optional(count) }),
  renewals: body('Waits for commands of one type that renew a lease, each within a third of it.', { type: Type.Enum(['run.renew', 'request.claim']), times: Type.Integer({ minimum: 1 }) }),
  restart: body('Kills the process of the driver and starts another, in which no client is open.', {}),
  command: body('Waits for a command and answers it.', {
    type: text,
    match: Type.Optional(fields),
    repeats: Type.Optional(Type.String({ description: 'The name of an earlier command, which this one must repeat: the same id, the same content.' })),
    as: Type.Optional(text),
    comparing: Type.Optional(Type.Array(text, { description: 'The fields in which a repeat must be the same; all of them unless said otherwise.' })),
    isOptional: Type.Optional(Type.Boolean({ description: 'A client that does not send it is not judged by this scenario.' })),
    answer: Type.Enum(['commit', 'commitUnseen', 'formerEpoch', 'unacknowledged', 'lose', 'drop', 'hold', 'reject', 'refuse'], { description: 'Commit and ack; commit and ack, but keep the events back; commit and ack with a position of an earlier epoch; commit without an ack; commit, and cut before the ack; cut, and commit nothing; nothing yet; an ack with `error`; an HTTP answer with `status`.' }),
    status: Type.Optional(Type.Integer()),
    error: Type.Optional(fields),
    isAckFirst: Type.Optional(Type.Boolean({ description: 'The ack goes out before the events.' })),
    notBeforeMs: Type.Optional(Type.Integer({ description: 'The least time since the command that it repeats was answered.' })),
  }),
  pauses: body('Refuses each repeat of a command as the first was, and judges how long the client waits before them. One that gives up is not judged.', {
    of: text,
    times: Type.Integer({ minimum: 2 }),
    sumAtLeastMs: Type.Integer(),
  }),
  wait: body('Lets time pass, for a limit that is one.', { ms: Type.Integer() }),
  untouched: body('Shows by a bounded silence that nothing reaches a participant without a client.', { participant: text, forMs: Type.Integer() }),
  repeated: body('Shows by a bounded silence that a command that was answered is not sent again.', { of: text, forMs: Type.Integer() }),
  acknowledge: body('Commits and acknowledges a command that was held.', { of: text }),
  unsent: body('Shows by a bounded silence that no further command comes.', { forMs: Type.Integer() }),
  left: body('Waits until the client itself has ended its connection.', {}),
  serve: body('From now on every command is judged honestly, as it comes, but for those that fit `except`.', { except: Type.Optional(fields) }),
  settled: body('Waits for the outcome that the application is told.', { of: text, expect: fields }),
  unsettled: body('Shows by a bounded silence that the application is not told an outcome.', { of: text, forMs: Type.Integer() }),
  view: body('Asks for the view, judges it by the log, and compares it with a pattern.', {
    atLeast: Type.Optional(Type.Union([count, Type.Literal('head')])),
    expect: Type.Optional(fields),
    needs: Type.Optional(Type.Enum(['state', 'presence', 'problem'], { description: 'What the view must show; a client that does not is not judged by this scenario.' })),
    forMs: Type.Optional(Type.Integer({ description: 'The view must stay so for this long.' })),
  }),
  effects: body('Counts the events of the log that match.', { match: fields, times: count }),
  epoch: body('The server begins a new epoch with the first events of the log.', { keep: count }),
  token: body('The application has the next token ready.', {}),
  online: body('The platform tells whether there is a network.', { online: Type.Boolean() }),
  close: body('The application lets the view go.', {}),
};

export type StepKind = keyof typeof stepBodies;

/** The fields of a step of one kind. */
export type StepOf<Kind extends StepKind> = Static<(typeof stepBodies)[Kind]>;

const oneStep = Object.entries<TSchema>(stepBodies).map(([kind, fieldsOfKind]) => Type.Object({ [kind]: fieldsOfKind }, { additionalProperties: false }));
const repeated = Type.Object({ repeat: Type.Object({ times: Type.Integer({ minimum: 1 }), steps: Type.Array(Type.Union(oneStep), { minItems: 1 }) }, { additionalProperties: false, description: 'Does the steps so many times.' }) }, { additionalProperties: false });

/** A scenario for clients, as it stands in a file: the runner is the server, and the client is driven by its driver. */
export const ClientScenarioFile = Type.Object(
  {
    id: Type.String({ pattern: '^client/[a-z-]+/[a-z0-9-]+$', description: 'The path of the file, without its ending.' }),
    title: Type.String({ maxLength: 100, pattern: '^[a-z].*[^.]$', description: 'What a good client does: a fact in the present tense.' }),
    covers: ids,
    profile: Type.Enum(['core', 'requests', 'agents', 'steering', 'state', 'presence']),
    comment: Type.Optional(Type.String()),
    transports: Type.Optional(Type.Array(Type.Enum(['websocket', 'sse']), { minItems: 1, description: 'Both unless said otherwise.' })),
    log: Type.Optional(Type.String({ description: 'A file of `logs/`, `answer` unless said otherwise.' })),
    begin: Type.Integer({ minimum: 1, description: 'How many events of the log are committed before the first step.' }),
    limits: Type.Optional(fields),
    discovery: Type.Optional(fields),
    backoff: Type.Optional(Type.Object({ baseMs: Type.Integer(), capMs: Type.Integer(), healthMs: Type.Integer() })),
    sse: Type.Optional(Type.Object({ lineEnd: Type.Optional(Type.Enum(['\n', '\r', '\r\n'])), space: Type.Optional(Type.Boolean()), noise: Type.Optional(Type.Boolean()), chunkBytes: Type.Optional(Type.Integer({ minimum: 1 })) })),
    steps: Type.Array(Type.Unsafe<JsonFields>(Type.Union([...oneStep, repeated])), { minItems: 1 }),
  },
  { title: 'ClientScenario', additionalProperties: false },
);
export type ClientScenarioFile = Static<typeof ClientScenarioFile>;
