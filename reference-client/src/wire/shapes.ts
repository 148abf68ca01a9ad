import { each, isBoolean, isCount, isFields, isId, isPosition, isSeq, isText, listOf, objectOf, tableOf, wrongField, type Check, type Fields } from './checks.ts';

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
  ...each('id cause messageId runId partId parentId stepId leafId requestId claimant agent connection', isId),
  ...each('text title prompt delta code message principal toolCallId toolName mediaType name', isText),
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

const cancel = 'user/interrupted/timeout/lease_expired/session_closed/shutdown/parent';

/** Every event that the protocol names. */
export const events = tableOf(`
part.delta partId delta|from
tool.progress partId|
session.created at by|title metadata
session.updated at by|title? leafId metadata
session.closed at by|
message.created at messageId role=user/assistant/system|parentId runId parts ended metadata by cause
message.updated at messageId metadata|by cause
message.ended at messageId|by cause
message.applied at messageId runId|stepId by cause
message.missed at messageId runId reason=finished/failed/cancelled/rejected|by cause
message.removed at by messageId|text cause
part.created at messageId partId kind|by cause
part.updated at partId|text? metadata by cause
part.ended at partId|metadata by cause
tool.started at partId|by cause
tool.ended at partId outcome|error by cause
run.queued at by runId|messageId parentId partId cause
run.started at by runId agent term|cause
run.updated at runId metadata|by cause
run.suspended at by runId term reason=waiting/released/lease_expired/epoch_changed|cause
run.cancelling at by runId reason=${cancel}|text cause
run.ended at runId outcome=completed/cancelled/failed|reason=${cancel} text error by cause
step.started at stepId runId|by cause
step.ended at stepId outcome=completed/superseded/failed|by cause
request.opened at requestId runId kind=approval/input/client_tool|partId title prompt metadata by cause
request.claimed at by requestId claimant leaseMs|cause
request.released at by requestId reason=released/lease_expired/epoch_changed|cause
request.resolved at requestId outcome=approved/denied/answered/failed/cancelled/expired|text error by cause
state.replaced at state|by cause
state.patched at patch|by cause
usage.updated at runId usage|by cause
notice at level text|runId by cause`, kinds);

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
