import { each, isBoolean, isCount, isFields, isId, isNumber, isPosition, isSeq, isText, isTrue, listOf, objectOf, oneOf, orNull, shape, wrongField, type Check, type Checks, type Fields, type Shape } from './checks.ts';

/*
 * What this client relies on in the frames of a server, by hand: the fields of each type, `required | optional`, and the
 * kind of each field. One word means one thing in the whole protocol, so that most fields are checked by their name.
 * The full schemas, with lengths and bounds, are the export `/validate`; they cost fifty times as much.
 */

const cancelReason = oneOf('user interrupted timeout lease_expired session_closed shutdown parent');

const isError = objectOf('code message retryable|retryAfterMs details', { ...each('code message', isText), retryable: isBoolean, retryAfterMs: isCount, details: isFields });
const isActor = objectOf('principal role|name connection', { ...each('principal name', isText), role: oneOf('observer controller approver agent server'), connection: isId });

const kinds: Checks = {
  ...each('id cause messageId runId partId parentId parentRunId parentPartId stepId steeredRunId queuedRunId leafId requestId optionId claimant agent connection fileId sourcePartId', isId),
  ...each('text title prompt delta message name agentName code label description toolCallId toolName mediaType filename quote url level', isText),
  ...each('at head now leaseMs expiresAt afterMs heartbeatMs authExpiresInMs bytes start end seenSeq', isCount),
  ...each('seq from term version', isSeq),
  ...each('progress total', isNumber),
  ...each('ended front automatic', isTrue),
  ...each('last editable idempotent typing', isBoolean),
  ...each('metadata config schema context', isFields),
  ...each('by actor participant', isActor),
  ...each('caps features', listOf(isText)),
  error: isError,
  position: isPosition,
  usage: listOf(isFields),
  finishReason: oneOf('stop length content_filter refusal tool_calls max_steps budget other'),
  delivery: oneOf('start queue steer interrupt record'),
  executor: oneOf('agent provider client'),
  inputFormat: oneOf('json text'),
  level: oneOf('info warning error'),
  citations: listOf(objectOf('|sourcePartId url title start end quote metadata', { ...each('start end', isCount), ...each('url title quote', isText), sourcePartId: isId, metadata: isFields })),
};

const isPatchOperation: Check = (value) => {
  if (!isFields(value) || !isText(value['path'])) return false;
  const { op } = value;
  return op === 'remove' || (op === 'move' || op === 'copy' ? isText(value['from']) : oneOf('add replace test')(op) && Object.hasOwn(value, 'value'));
};

const partFields = 'parentPartId stepId ended metadata';
const partShapes = new Map<unknown, Shape>([
  ['text', shape(`partId|${partFields} text citations`, kinds)],
  ['reasoning', shape(`partId|${partFields} text`, kinds)],
  ['tool', shape(`partId toolCallId toolName|${partFields} executor title inputFormat idempotent input`, kinds)],
  ['file', shape(`partId mediaType|${partFields} fileId url data filename bytes`, { ...kinds, data: isText })],
  ['source', shape(`partId|${partFields} url title mediaType filename quote`, kinds)],
  ['data', shape(`partId name data|${partFields}`, kinds)],
]);

/** Whether a value is a part; one of a kind that this client does not know needs its id alone (PART-14). */
export function isPart(value: unknown): value is Fields {
  if (!isFields(value) || !isText(value['kind']) || !isText(value['partId'])) return false;
  const known = partShapes.get(value['kind']);
  return known === undefined || wrongField(value, known) === undefined;
}

const tableOf = (rows: { readonly [type: string]: readonly [names: string, checks?: Checks] }, common: string): ReadonlyMap<unknown, Shape> =>
  new Map(Object.entries(rows).map(([type, [names, checks]]) => [type, shape(names + common, { ...kinds, ...checks })]));

const outcome = (words: string): Checks => ({ outcome: oneOf(words) });
const reason = (words: string): Checks => ({ reason: oneOf(words) });
const nullable = (names: string): Checks => Object.fromEntries(names.split(' ').map((name) => [name, orNull(kinds[name] ?? (() => true))]));
const updatable = 'text citations executor title inputFormat idempotent mediaType fileId url filename bytes quote';

/** Every event that the protocol names, but for the two that come most. */
const events = tableOf({
  'session.created': ['at by|title metadata'],
  'session.updated': ['at by|title leafId metadata', nullable('title')],
  'session.closed': ['at by|text'],
  'message.created': ['at messageId role|parentId runId steeredRunId delivery agentName config parts ended metadata', { role: oneOf('user assistant system'), parts: listOf(isPart) }],
  'message.updated': ['at messageId metadata|'],
  'message.ended': ['at messageId|'],
  'message.applied': ['at messageId runId|stepId'],
  'message.missed': ['at messageId runId reason|queuedRunId', reason('finished failed cancelled rejected')],
  'message.removed': ['at by messageId|text'],
  'part.created': ['at messageId partId kind|'],
  'part.updated': [`at partId|toolCallId toolName name metadata ${updatable}`, nullable(updatable)],
  'part.ended': ['at partId|citations metadata'],
  'tool.started': ['at partId|'],
  'tool.ended': ['at partId outcome|error', { outcome: isText }], // TOOL-17
  'run.queued': ['at by runId|front messageId parentId parentRunId partId name agentName config'],
  'run.started': ['at by runId agent term|'],
  'run.updated': ['at runId metadata|'],
  'run.suspended': ['at by runId term reason|', reason('waiting released lease_expired epoch_changed')],
  'run.cancelling': ['at by runId reason|text', { reason: cancelReason }],
  'run.ended': ['at runId outcome|finishReason reason text error', { ...outcome('completed cancelled failed'), reason: cancelReason }],
  'step.started': ['at stepId runId|name'],
  'step.ended': ['at stepId outcome|finishReason', outcome('completed superseded failed')],
  'request.opened': [
    'at requestId runId kind|partId title prompt options schema editable url automatic expiresAt metadata',
    { kind: oneOf('approval input client_tool'), options: listOf(objectOf('optionId label outcome|description scope', { ...kinds, ...outcome('approved denied'), scope: oneOf('once session always') })) },
  ],
  'request.claimed': ['at by requestId claimant leaseMs|'],
  'request.released': ['at by requestId reason|', reason('released lease_expired epoch_changed')],
  'request.resolved': ['at requestId outcome|optionId text error', outcome('approved denied answered failed cancelled expired')],
  'state.replaced': ['at state|'],
  'state.patched': ['at patch|', { patch: listOf(isPatchOperation) }],
  'usage.updated': ['at runId usage|context'],
  notice: ['at level text|code runId'],
}, ' by cause');

const progress = tableOf({ 'part.delta': ['partId delta|from'], 'tool.progress': ['partId|progress total message'] }, '');

/** The shape of an event of a type; undefined for one that this client does not know. */
export const shapeOfEvent = (type: unknown): Shape | undefined => progress.get(type) ?? events.get(type);

const counts = 'maxFrameBytes maxInFlight dedupeMs';

/** The shapes of all control frames that a server sends. */
export const controls = tableOf({
  welcome: [
    'version features connection participant role caps resume position head now heartbeatMs durability limits|reason authExpiresInMs',
    {
      role: oneOf('observer controller approver agent'),
      resume: oneOf('resumed snapshot'),
      ...reason('no_position epoch_changed trimmed too_far_behind ahead'),
      durability: oneOf('memory process node quorum'),
      limits: objectOf(counts, each(counts, isSeq)),
    },
  ],
  snapshot: ['position events last|', { events: Array.isArray }],
  synced: ['position|'],
  ack: ['id status|position result error', { status: oneOf('accepted noop rejected'), result: isFields }],
  heartbeat: ['head now|'],
  presence: ['participants|', { participants: listOf(objectOf('connection actor|status typing seenSeq data', { ...kinds, status: oneOf('active idle'), data: isFields })) }],
  bye: ['code action|afterMs message', { action: isText }], // BYE-9
}, '');
