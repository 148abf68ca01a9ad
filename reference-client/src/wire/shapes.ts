import { each, isBoolean, isCount, isFields, isId, isPosition, isSeq, isText, listOf, objectOf, shape, tableOf, wrongField, type Check, type Fields, type Shape } from './checks.ts';

/*
 * What this client relies on in the frames of a server, by hand. A row is a type and its fields, `required | optional`,
 * with the words of an enumeration behind `=`, and `?` where null may stand. One word means one thing in the whole
 * protocol, so that a field is checked by its name. The full schemas, with every field, length and bound, are the
 * export `/validate`; they cost fifty times as much.
 */

const isPatchOperation: Check = (value) =>
  isFields(value) && isText(value['path']) && (value['op'] === 'remove' || (/^(move|copy)$/.test(String(value['op'])) ? isText(value['from']) : /^(add|replace|test)$/.test(String(value['op'])) && Object.hasOwn(value, 'value')));

const isPart: Check = (value) => {
  if (!isFields(value) || !isText(value['kind']) || !isText(value['partId'])) return false;
  return wrongField(value, parts.get(value['kind']) ?? []) === undefined; // PART-14
};

const limits = 'maxFrameBytes maxInFlight dedupeMs';

const kinds: { readonly [name: string]: Check } = {
  ...each('id messageId runId partId parentId stepId leafId requestId claimant agent connection', isId),
  ...each('text title prompt delta code message principal toolCallId toolName mediaType name reason', isText),
  ...each('at head now leaseMs afterMs retryAfterMs heartbeatMs authExpiresInMs', isCount),
  ...each('seq from term version', isSeq),
  ...each('last ended retryable', isBoolean),
  ...each('metadata details result', isFields),
  ...each('caps features', listOf(isText)),
  ...each('events', Array.isArray),
  ...each('usage', listOf(isFields)),
  ...each('by participant', (value) => isActor(value)),
  error: (value) => isError(value),
  position: isPosition,
  parts: listOf(isPart),
  patch: listOf(isPatchOperation),
  participants: listOf((value) => isPresent(value)),
  limits: objectOf(`${limits}|`, each(limits, isSeq)),
};

const isActor = objectOf('principal role=observer/controller/approver/agent/server|name connection', kinds);
const isPresent = objectOf('connection actor|', { ...kinds, actor: isActor });
const isError = objectOf('code message retryable|retryAfterMs details', kinds);

const parts = tableOf(`
text partId|text ended metadata
reasoning partId|text ended metadata
tool partId toolCallId toolName|ended metadata
file partId mediaType|ended metadata
source partId|ended metadata
data partId name data|ended metadata`, kinds);

/** What every event has beside its type and its place; one of a stream of small ones needs nothing. */
const common = shape('at|by', kinds);
export const commonOf = (type: unknown): Shape => (type === 'part.delta' || type === 'tool.progress' ? [] : common);

/** Every event that the protocol names. */
export const events = tableOf(`
part.delta partId delta|from
tool.progress partId|
session.created by|title metadata
session.updated by|title? leafId metadata
session.closed by|
message.created messageId role=user/assistant/system|parentId runId parts ended metadata
message.updated messageId metadata|
message.ended messageId|
message.applied messageId runId|stepId
message.missed messageId runId reason|
message.removed by messageId|text
part.created messageId partId kind|
part.updated partId|text? metadata
part.ended partId|metadata
tool.started partId|
tool.ended partId outcome|error
run.queued by runId|messageId parentId partId
run.started by runId agent term|
run.updated runId metadata|
run.suspended by runId term reason|
run.cancelling by runId reason|text
run.ended runId outcome=completed/cancelled/failed|reason text error
step.started stepId runId|
step.ended stepId outcome=completed/superseded/failed|
request.opened requestId runId kind=approval/input/client_tool|partId title prompt metadata
request.claimed by requestId claimant leaseMs|
request.released by requestId reason|
request.resolved requestId outcome=approved/denied/answered/failed/cancelled/expired|text error
state.replaced state|
state.patched patch|
usage.updated runId usage|
notice level text|runId`, kinds);

/** Every control frame that a server sends; the action of a `bye` may be one of a later revision (BYE-9). */
export const controls = tableOf(`
welcome version features connection participant role=observer/controller/approver/agent caps resume=resumed/snapshot position head now heartbeatMs durability limits|authExpiresInMs
snapshot position events last|
synced position|
ack id status=accepted/noop/rejected|position result error
heartbeat head now|
presence participants|
bye code action|afterMs message`, kinds);

/** Whether an event that creates a part has what the kind of the part needs. */
export const fitsItsKind = (event: Fields): boolean => event['type'] !== 'part.created' || isPart(event);
