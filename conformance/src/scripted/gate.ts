import { isFields, type JsonFields } from '../scenario/json.ts';

/** The change of metadata that opens a gate of a scripted agent. */
export const gateMetadata = (gate: string): JsonFields => ({ gate });

/** Whether an event has opened a gate: it is the runner's own, and no step asks for it. */
export const isGateEvent = (frame: JsonFields): boolean => frame['type'] === 'session.updated' && isFields(frame['metadata']) && typeof frame['metadata']['gate'] === 'string';
