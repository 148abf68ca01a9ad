/** One line from the runner: what to do, and everything that goes with it. */
export interface DriverRequest {
  readonly id: number;
  readonly command: string;
  readonly [field: string]: unknown;
}

/** A request that does not fit what the driver protocol says; told to the runner as an error. */
export class RequestError extends Error {
  readonly code = 'invalid_request';
}

export type Fields = { readonly [field: string]: unknown };

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a line; throws for what is no request. */
export function readRequest(line: string): DriverRequest {
  const value: unknown = JSON.parse(line);
  if (!isFields(value) || typeof value['id'] !== 'number' || typeof value['command'] !== 'string') throw new RequestError(`a request must have an id and a command: got ${line}`);
  return { ...value, id: value['id'], command: value['command'] };
}

/** A field that must be text. */
export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw new RequestError(`${name} must be a string: got ${JSON.stringify(value)}`);
  return value;
}

/** A field that is text or absent. */
export const optionalTextOf = (fields: Fields, name: string): string | undefined => (fields[name] === undefined ? undefined : textOf(fields, name));

/** A field that is one of several words. */
export function wordOf<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === fields[name]);
  if (found === undefined) throw new RequestError(`${name} must be one of ${words.join(', ')}: got ${JSON.stringify(fields[name])}`);
  return found;
}

/** A field that is one of several words, or absent. */
export const optionalWordOf = <Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word | undefined =>
  fields[name] === undefined ? undefined : wordOf(fields, name, words);

/** The members of an object that are there: what an option with `undefined` would turn into. */
export const given = <Value>(name: string, value: Value | undefined): { [key: string]: Value } => (value === undefined ? {} : { [name]: value });
