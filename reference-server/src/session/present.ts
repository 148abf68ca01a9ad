type Maybe<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** `T` without the members that may be undefined, and these as optional ones. */
export type Present<T> = { [K in Exclude<keyof T, Maybe<T>>]: T[K] } & { [K in Maybe<T>]?: Exclude<T[K], undefined> };

/** Copies an object without its undefined members: what is absent is left out of a frame, never written (TOLERANCE-5). */
export function present<T extends object>(fields: T): Present<T> {
  const copy: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) copy[key] = value;
  return copy as Present<T>;
}
