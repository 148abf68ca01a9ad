import type { KnownEvent } from '@durable-session/schemas';

/** Merges two events of one target: what the newer does not say, the older still does. */
export const mergeFields = <Kind extends KnownEvent>(older: Kind, newer: Kind): Kind => {
  const { by: _by, cause: _cause, ...said } = { by: undefined, cause: undefined, ...older };
  // The sum of two events of one type is one of that type.
  return { ...said, ...newer } as unknown as Kind;
};

/** The same for events whose metadata merges: nulls are kept, as they remove what stands before both. */
export const mergeMetadata = <Kind extends KnownEvent & { metadata?: object }>(older: Kind, newer: Kind): Kind => {
  const merged = mergeFields(older, newer);
  return older.metadata && newer.metadata ? { ...merged, metadata: { ...older.metadata, ...newer.metadata } } : merged;
};
