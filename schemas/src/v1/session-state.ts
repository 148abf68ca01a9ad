import Type, { type Static, type TProperties } from 'typebox';
import { Actor } from './actor.ts';
import { ErrorObject } from './error.ts';
import { Delivery } from './message.ts';
import { partFields } from './part.ts';
import { Option, RequestKind, RequestResolved } from './request.ts';
import { CancelReason, FinishReason, RunOutcome } from './run.ts';
import { Id, Json, JsonObject, Milliseconds, Name, Seq, SeqFromZero, Timestamp } from './scalar.ts';
import { ToolOutcome } from './tool.ts';
import { ContextUse, Usage } from './usage.ts';

// The state of a session: what the fold makes of its log. It is never on the wire as such (FOLD).

const closable = { ended: Type.Boolean(), metadata: JsonObject };
const state = <Fields extends TProperties>(title: string, fields: Fields) => Type.Object(fields, { title });

/** The session itself. */
export const SessionState = state('SessionState', {
  by: Type.Optional(Actor),
  at: Type.Optional(Timestamp),
  title: Type.Optional(Type.String()),
  metadata: JsonObject,
  leafId: Type.Optional(Id),
  closed: Type.Boolean(),
});
export interface SessionState extends Static<typeof SessionState> {}

export const TextPartState = state('TextPartState', { ...partFields.text, ...closable, text: Type.String() });
export interface TextPartState extends Static<typeof TextPartState> {}

export const ReasoningPartState = state('ReasoningPartState', { ...partFields.reasoning, ...closable, text: Type.String() });
export interface ReasoningPartState extends Static<typeof ReasoningPartState> {}

/** A tool call with its execution; `inputText` is the input so far, until `input` is there. */
export const ToolPartState = state('ToolPartState', {
  ...partFields.tool,
  ...closable,
  status: Type.Enum(['input', 'ready', 'running', 'ended']),
  inputText: Type.Optional(Type.String()),
  progress: Type.Optional(
    Type.Object({ progress: Type.Optional(Type.Number()), total: Type.Optional(Type.Number()), message: Type.Optional(Type.String()) }),
  ),
  output: Type.Optional(Json),
  outcome: Type.Optional(ToolOutcome),
  error: Type.Optional(ErrorObject),
});
export interface ToolPartState extends Static<typeof ToolPartState> {}

export const FilePartState = state('FilePartState', { ...partFields.file, ...closable });
export interface FilePartState extends Static<typeof FilePartState> {}

export const SourcePartState = state('SourcePartState', { ...partFields.source, ...closable });
export interface SourcePartState extends Static<typeof SourcePartState> {}

export const DataPartState = state('DataPartState', { ...partFields.data, ...closable });
export interface DataPartState extends Static<typeof DataPartState> {}

/** A part of a message in the state. A part of a kind that this revision does not know is there too, as it came (PART-14). */
export type PartState = TextPartState | ReasoningPartState | ToolPartState | FilePartState | SourcePartState | DataPartState;
export const PartState = Type.Unsafe<PartState>({
  title: 'PartState',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [TextPartState, ReasoningPartState, ToolPartState, FilePartState, SourcePartState, DataPartState],
});

/** A node of the conversation tree, with its parts. */
export const Message = state('Message', {
  messageId: Id,
  role: Type.Enum(['user', 'assistant', 'system']),
  at: Timestamp,
  by: Type.Optional(Actor),
  parentId: Type.Optional(Id),
  runId: Type.Optional(Id),
  steeredRunId: Type.Optional(Id),
  delivery: Type.Optional(Delivery),
  agentName: Type.Optional(Name),
  config: Type.Optional(JsonObject),
  parts: Type.Array(PartState),
  ...closable,
  applied: Type.Optional(Type.Object({ runId: Id, stepId: Type.Optional(Id) })),
  missed: Type.Optional(
    Type.Object({ runId: Id, reason: Type.Enum(['finished', 'failed', 'cancelled', 'rejected']), queuedRunId: Type.Optional(Id) }),
  ),
  withdrawn: Type.Optional(Type.Literal(true)),
  removed: Type.Optional(Type.Object({ by: Actor, text: Type.Optional(Type.String()) })),
});
export interface Message extends Static<typeof Message> {}

/** One call of a model. */
export const Step = state('Step', {
  stepId: Id,
  name: Type.Optional(Name),
  status: Type.Enum(['open', 'ended']),
  outcome: Type.Optional(Type.Enum(['completed', 'superseded', 'failed'])),
  finishReason: Type.Optional(FinishReason),
});
export interface Step extends Static<typeof Step> {}

/** A run, whatever its status; it stays in the state for ever. */
export const Run = state('Run', {
  runId: Id,
  by: Actor,
  front: Type.Optional(Type.Literal(true)),
  messageId: Type.Optional(Id),
  parentId: Type.Optional(Id),
  parentRunId: Type.Optional(Id),
  partId: Type.Optional(Id),
  name: Type.Optional(Name),
  agentName: Type.Optional(Name),
  config: Type.Optional(JsonObject),
  status: Type.Enum(['queued', 'running', 'suspended', 'cancelling', 'ended']),
  agent: Type.Optional(Id),
  term: SeqFromZero,
  tailId: Type.Optional(Id),
  metadata: JsonObject,
  steps: Type.Array(Step),
  usage: Type.Optional(Type.Array(Usage)),
  context: Type.Optional(ContextUse),
  reason: Type.Optional(Type.Union([CancelReason, Type.Enum(['waiting', 'released', 'epoch_changed'])])),
  text: Type.Optional(Type.String()),
  endedBy: Type.Optional(Actor),
  outcome: Type.Optional(RunOutcome),
  finishReason: Type.Optional(FinishReason),
  error: Type.Optional(ErrorObject),
  result: Type.Optional(Json),
});
export interface Run extends Static<typeof Run> {}

/** A request that nobody has decided yet. */
export const OpenRequest = state('OpenRequest', {
  requestId: Id,
  runId: Id,
  kind: RequestKind,
  partId: Type.Optional(Id),
  title: Type.Optional(Type.String()),
  prompt: Type.Optional(Type.String()),
  options: Type.Optional(Type.Array(Option, { minItems: 1 })),
  schema: Type.Optional(JsonObject),
  editable: Type.Optional(Type.Boolean()),
  url: Type.Optional(Type.String({ minLength: 1 })),
  automatic: Type.Optional(Type.Literal(true)),
  expiresAt: Type.Optional(Timestamp),
  metadata: Type.Optional(JsonObject),
  claim: Type.Optional(Type.Object({ by: Actor, claimant: Id, leaseMs: Milliseconds })),
});
export interface OpenRequest extends Static<typeof OpenRequest> {}

/** What became of a request; kept for ever. */
export const Decision = state('Decision', {
  requestId: Id,
  runId: Id,
  kind: RequestKind,
  partId: Type.Optional(Id),
  outcome: RequestResolved.properties.outcome,
  by: Type.Optional(Actor),
  seq: Seq,
  optionId: Type.Optional(Id),
  value: Type.Optional(Json),
  editedInput: Type.Optional(Json),
  text: Type.Optional(Type.String()),
  error: Type.Optional(ErrorObject),
});
export interface Decision extends Static<typeof Decision> {}

/** The whole state of a session. */
export const State = state('State', {
  session: SessionState,
  messages: Type.Array(Message),
  runs: Type.Array(Run),
  requests: Type.Array(OpenRequest),
  decisions: Type.Array(Decision),
  state: Json,
  stateSeq: SeqFromZero,
});
export interface State extends Static<typeof State> {}
