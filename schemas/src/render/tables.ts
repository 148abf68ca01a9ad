import { type ErrorDefinition, errors } from '../v1/errors.ts';
import { limits } from '../v1/limits.ts';
import { messages } from '../v1/registry.ts';
import { machines, type Transition } from '../v1/states.ts';
import { code, renderTable } from './markdown.ts';

const none = '–';

/** The registry of errors: what each code means, and how each transport tells it. */
export function renderErrors(): string {
  const rows: readonly ErrorDefinition[] = errors;
  return renderTable(
    ['Code', 'Meaning', '`retryable`', 'closes', '`action`', 'Close code', 'HTTP status'],
    rows.map(({ code: name, meaning, retryable, action, close, status }) => [
      code(name),
      meaning,
      retryable === 'by limit' ? '[by limit](#retryable-by-limit)' : String(retryable),
      close === undefined ? 'no' : 'yes',
      action === undefined ? none : code(action),
      close?.toString() ?? none,
      status?.toString() ?? none,
    ]),
  );
}

/** All limits with unit, default and legal range. */
export const renderLimits = (): string =>
  renderTable(
    ['Name', 'Unit', 'Default', 'Least', 'Most', 'Meaning'],
    limits.map(({ name, unit, default: value, minimum, maximum, meaning }) => [
      code(name),
      unit,
      ...[value, minimum, maximum].map((number) => (number === Number.MAX_SAFE_INTEGER ? '2^53-1' : number.toLocaleString('en-US'))),
      meaning,
    ]),
  );

/** One machine as a table: anything that is not a row is refused. Undefined for a name that no machine has. */
export function renderTransitions(machine: string): string | undefined {
  const rows: readonly Transition[] | undefined = machines[machine];
  if (rows === undefined) return undefined;
  return renderTable(
    ['From', 'Event', 'To', 'Only'],
    rows.map(({ from, event, to, condition }) => [from === 'none' ? none : code(from), code(event), code(to), condition ?? '']),
  );
}

/** The messages of a family, in reading order. Undefined for a family without messages. */
export function renderMessages(family: string): string | undefined {
  const rows = messages.filter((message) => message.family === family);
  if (rows.length === 0) return undefined;
  return renderTable(
    ['Message', '`type`', 'Kind', 'From', 'Profile'],
    rows.map((message) => {
      const from = message.kind === 'control' ? [message.from] : message.kind === 'event' ? message.sources : message.roles;
      return [message.name, code(message.type), message.kind, from.join(', '), message.profile];
    }),
  );
}
