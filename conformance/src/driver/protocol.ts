import Type, { type Static } from 'typebox';
import { PlanStep } from './plan.ts';

/**
 * The protocol between the runner and the driver of a client under test: JSON lines on the driver's stdin and stdout.
 *
 * The runner starts the driver once and drives several logical clients in it. Each request gets exactly one answer with its id, in any order. A command that the driver does not know, or an ability that its client does not have, is
 * answered `unsupported`. Lines that are not answers are kept for the report and otherwise ignored.
 */
const request = { id: Type.Integer({ minimum: 1, description: 'Given back in the answer.' }) };
const client = { ...request, client: Type.String({ minLength: 1, description: 'The logical client that is meant; the name is the runner\'s.' }) };
const id = Type.String({ minLength: 1 });
const position = Type.Object({ epoch: Type.String(), seq: Type.Integer({ minimum: 0 }) });
const json = Type.Unknown();
const object = Type.Object({});

/** Everything that the runner asks of a driver. */
export const DriverRequest = Type.Union(
  [
    Type.Object(
      {
        ...client,
        command: Type.Literal('open'),
        url: Type.String({ description: 'The base URL of the target; discovery stands below it.' }),
        session: id,
        token: Type.String(),
        role: Type.Enum(['people', 'agent']),
        transport: Type.Enum(['websocket', 'sse']),
        position: Type.Optional(position),
        backoff: Type.Optional(Type.Object({ baseMs: Type.Integer(), capMs: Type.Integer(), healthMs: Type.Integer() })),
        connectMs: Type.Optional(Type.Integer({ minimum: 1, description: 'How long to wait for `welcome`, for a client that lets it be set.' })),
      },
      { description: 'Makes a logical client that attaches by itself, and goes on attaching until it is closed. Answered at once.' },
    ),
    Type.Object(
      { ...client, command: Type.Literal('send'), messageId: id, text: Type.String(), runId: Type.Optional(id), ifBusy: Type.Optional(Type.Enum(['queue', 'steer', 'interrupt', 'reject'])) },
      { description: 'Sends a message with one text part. Answered with an Outcome when it is settled.' },
    ),
    Type.Object({ ...client, command: Type.Literal('cancel'), runId: id }, { description: 'Cancels a run. Answered with an Outcome when it is settled.' }),
    Type.Object(
      { ...client, command: Type.Literal('resolve'), requestId: id, outcome: Type.String(), optionId: Type.Optional(id), value: Type.Optional(json) },
      { description: 'Resolves a request. Answered with an Outcome when it is settled.' },
    ),
    Type.Object(
      { ...client, command: Type.Literal('view'), atLeast: Type.Optional(Type.Integer({ minimum: 0 })) },
      { description: 'Asks for what the application sees now, or as soon as its position has reached `atLeast`. Answered with a View.' },
    ),
    Type.Object({ ...client, command: Type.Literal('online'), online: Type.Boolean() }, { description: 'The platform tells the client whether there is a network.' }),
    Type.Object({ ...client, command: Type.Literal('token'), token: Type.String() }, { description: 'The token that the application gives when the client next asks for one.' }),
    Type.Object({ ...client, command: Type.Literal('close') }, { description: 'The application lets the view go; the session goes on.' }),
    Type.Object(
      { ...client, command: Type.Literal('tool'), requestId: id, effect: Type.String({ description: 'One POST to this URL runs the tool; the JSON that comes back is its result.' }) },
      { description: 'A device takes a client tool, runs it and answers. Answered with an Outcome when that is settled.' },
    ),
    Type.Object({ ...client, command: Type.Literal('claim'), runId: id }, { description: 'An agent claims a run, under an id of its own. The result is {term}. Between appends it has no work, so it ends the run at once when that is cancelled.' }),
    Type.Object({ ...client, command: Type.Literal('append'), runId: id, events: Type.Array(object, { minItems: 1 }) }, { description: 'An agent appends events. Answered with an Outcome when it is settled.' }),
    Type.Object({ ...client, command: Type.Literal('release'), runId: id, reason: Type.Enum(['waiting', 'released']) }, { description: 'An agent gives a run back. Answered with an Outcome.' }),
    Type.Object(
      { ...client, command: Type.Literal('work'), runId: id, plan: Type.Array(PlanStep) },
      { description: 'An agent claims a run and carries out a plan on it. Answered with an Outcome once it has ended, released or lost the run.' },
    ),
  ],
  { title: 'DriverRequest' },
);

/** One answer of a driver. */
export const DriverAnswer = Type.Union(
  [
    Type.Object({ ...request, ok: Type.Literal(true), result: Type.Optional(object) }),
    Type.Object({ ...request, unsupported: Type.Literal(true) }),
    Type.Object({ ...request, error: Type.Object({ code: Type.String(), message: Type.String() }) }),
  ],
  { title: 'DriverAnswer' },
);
export type DriverAnswer = Static<typeof DriverAnswer>;

/** How a command ended for the application that gave it. */
export const Outcome = Type.Object(
  {
    outcome: Type.Enum(['accepted', 'noop', 'rejected', 'indeterminate']),
    error: Type.Optional(Type.Object({ code: Type.String() }, { description: 'Of a rejected one: at least the code.' })),
    result: Type.Optional(object),
  },
  { title: 'Outcome' },
);
export type Outcome = Static<typeof Outcome>;

/** What the user of a client sees. */
export const View = Type.Object(
  {
    position: Type.Union([position, Type.Null()], { description: 'The position that the client holds, null before it holds any.' }),
    connection: Type.Enum(['connecting', 'live', 'waiting', 'stopped'], { description: '`live` after `synced`, `waiting` for the next attempt, `stopped` when no attempt follows.' }),
    messages: Type.Array(
      Type.Object({ messageId: id, role: Type.Enum(['user', 'assistant', 'system']), text: Type.String({ description: 'The text parts of the message, joined.' }), ended: Type.Boolean() }),
      { description: 'All messages in the order of their creation.' },
    ),
    runs: Type.Array(Type.Object({ runId: id, status: Type.Enum(['queued', 'running', 'suspended', 'cancelling', 'ended']), outcome: Type.Optional(Type.Enum(['completed', 'cancelled', 'failed'])) })),
    requests: Type.Array(Type.Object({ requestId: id }), { description: 'Those that are open.' }),
    decisions: Type.Array(Type.Object({ requestId: id, outcome: Type.String() })),
    stop: Type.Optional(Type.Object({ code: Type.String({ description: 'Why no attempt follows.' }) })),
    state: Type.Optional(Type.Object({}, { description: 'The whole state as the page on the fold has it, if the client keeps it in that form.' })),
    presence: Type.Optional(Type.Array(object, { description: 'Who is here, as the client last heard it; if it shows that.' })),
    problem: Type.Optional(Type.Object({ code: Type.String({ description: '`invalid_frame` where the server goes on sending what no client can read.' }) }, { description: 'What the application is told while nothing stops.' })),
  },
  { title: 'View' },
);
export type View = Static<typeof View>;
