import { isFields, sameJson, type Json, type JsonFields } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';

/** Fields that a label leaves out: its head says them, or they tell nobody anything. */
const unsaid = new Set(['seq', 'from', 'type', 'at']);

/** What is longer goes behind the others, so that limits or a whole list of events cut off nothing but themselves. */
const longField = 40;

/** Fields of a welcome that seldom are the matter go behind who it is and where it goes on. */
const seldom = new Set(['version', 'connection', 'caps', 'now', 'heartbeatMs', 'durability']);

/** Words and short names stay as they are; what is long and has no space is an id, of which the beginning is enough to tell it from others. */
function labelOfText(text: string): string {
  if (/^[\w-]{14,}$/.test(text) && !/^[a-z]+([_-][a-z]+)*$/.test(text)) return `${text.slice(0, 6)}…`;
  return /^[\w.:/-]+$/.test(text) ? text : JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

/** How many there are, and of which types. */
function labelOfList(values: readonly Json[]): string {
  const types = Map.groupBy(values.flatMap((value) => (isFields(value) && typeof value['type'] === 'string' ? [value['type']] : [])), (type) => type);
  return types.size === 0 ? `[${values.length}]` : `[${values.length}: ${[...types].map(([type, each]) => (each.length > 1 ? `${type} ×${each.length}` : type)).join(', ')}]`;
}

function labelOfValue(value: Json, depth: number): string {
  if (typeof value === 'string') return labelOfText(value);
  if (Array.isArray(value)) return depth > 2 || value.length > 4 ? labelOfList(value) : `[${value.map((each) => labelOfValue(each, depth + 1)).join(', ')}]`;
  if (!isFields(value)) return String(value);
  const { epoch, seq, principal, name, ...rest } = value;
  if (typeof epoch === 'string' && typeof seq === 'number' && Object.keys(rest).length === 0) return `${labelOfText(epoch)}:${seq}`;
  if (typeof principal === 'string') return labelOfText(typeof name === 'string' ? `${principal}/${name}` : principal);
  return depth > 2 ? '{…}' : `{${Object.entries(value).map(([key, each]) => `${key} ${labelOfValue(each, depth + 1)}`).join(', ')}}`;
}

/** Fields by which the commands of one worker are all alike. */
const alike = ['agent', 'term', 'runId'];

/** A list of events, with no more than the type of those that stood at the same place of the list before. */
const labelOfEvents = (events: readonly Json[], before: readonly Json[]): string =>
  `[${events.map((event, index) => {
    if (!isFields(event)) return labelOfValue(event, 1);
    const { type, ...fields } = event;
    const isKnown = sameJson(event, before[index]);
    return `${String(type)}${isKnown ? ' …' : Object.entries(fields).map(([key, value]) => ` ${key}=${labelOfValue(value, 2)}`).join('')}`;
  }).join(', ')}]`;

/**
 * A frame in one short line: its place in the log, its type and what it says, with long ids cut short.
 *
 * One that is too long, and like an earlier one of its kind, keeps what differs: an ellipsis stands for what is the same.
 */
export function labelOfFrame(frame: JsonFields, length: number, earlier?: JsonFields): string {
  const whole = wholeLabel(frame);
  const { events } = frame;
  if (whole.length <= length || !Array.isArray(events) || frame['type'] !== 'events.append') return cut(whole, length);
  const before = earlier?.['events'];
  const same = new Set(alike.filter((key) => frame[key] !== undefined && sameJson(frame[key], earlier?.[key])));
  const rest = Object.fromEntries(Object.entries(frame).filter(([key]) => key !== 'events' && !same.has(key)));
  return cut(`${wholeLabel(rest)}${same.size > 0 ? ' …' : ''} events=${labelOfEvents(events, Array.isArray(before) ? before : [])}`, length);
}

function wholeLabel(frame: JsonFields): string {
  const { seq, from, type } = frame;
  const place = typeof seq === 'number' ? `${typeof from === 'number' ? `${from}-` : ''}${seq} ` : '';
  const fields = Object.entries(frame).filter(([key]) => !unsaid.has(key) || (key === 'seq' && typeof seq !== 'number')).map(([key, value]) => ({ key, field: ` ${key}=${labelOfValue(value, 0)}` }));
  const isLate = (key: string, field: string): number => (field.length > longField ? 2 : type === 'welcome' && seldom.has(key) ? 1 : 0);
  return `${place}${typeof type === 'string' ? type : '(no type)'}${fields.toSorted((left, right) => isLate(left.key, left.field) - isLate(right.key, right.field)).map(({ field }) => field).join('')}`;
}

/** A text of at most so many characters; what is cut off shows as an ellipsis. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

/** Any entry in one short line; `earlier` is the frame of its kind before it. */
export function labelOf(entry: Entry, length: number, earlier?: JsonFields): string {
  switch (entry.kind) {
    case 'frame':
      return labelOfFrame(entry.frame, length, earlier);
    case 'broken':
      return cut(`✗ ${entry.reason}: ${JSON.stringify(entry.excerpt)}`, length);
    case 'end':
      return cut(`ends: ${entry.how}${entry.code === undefined ? '' : ` ${entry.code}`}${entry.reason ? ` ${entry.reason}` : ''}`, length);
    case 'response':
      return cut(`HTTP ${entry.status}${entry.body ? ` ${entry.body}` : ''}`, length);
    case 'request':
      return cut(`${entry.method} ${entry.target}`, length);
    case 'open':
      return `opens ${entry.wire}`;
    case 'note':
      return cut(`(${entry.text}${entry.data === undefined || entry.data === null ? '' : ` ${JSON.stringify(entry.data)}`})`, length);
  }
}
