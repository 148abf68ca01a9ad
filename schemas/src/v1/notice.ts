import Type, { type Static } from 'typebox';
import { eventEnvelope, type MessageDefinition } from './message-definition.ts';
import { Id, Json } from './scalar.ts';
import { ContextUse, Usage } from './usage.ts';

/** What a run has used so far, in totals. */
export const UsageUpdated = Type.Object(
  { ...eventEnvelope, type: Type.Literal('usage.updated'), runId: Id, usage: Type.Array(Usage), context: Type.Optional(ContextUse) },
  { title: 'UsageUpdated' },
);
export interface UsageUpdated extends Static<typeof UsageUpdated> {}

/** Something people should read; never in the state. */
export const Notice = Type.Object(
  {
    ...eventEnvelope,
    type: Type.Literal('notice'),
    level: Type.Enum(['info', 'warning', 'error']),
    text: Type.String(),
    code: Type.Optional(Type.String()),
    runId: Type.Optional(Id),
    data: Type.Optional(Json),
  },
  { title: 'Notice' },
);
export interface Notice extends Static<typeof Notice> {}

/** The type of a vendor's event: `x.<vendor>.<name>`. */
export const vendorTypePattern = '^x\\.[A-Za-z0-9_-]{1,64}\\.[A-Za-z0-9_.-]{1,64}$';

/** A vendor's event: stored as it came, without effect on the fold. */
export const VendorEvent = Type.Object({ ...eventEnvelope, type: Type.String({ pattern: vendorTypePattern }) }, { title: 'VendorEvent' });
export interface VendorEvent extends Static<typeof VendorEvent> {
  [field: string]: unknown;
}

const profile = 'core';

export const noticeMessages: readonly MessageDefinition[] = [
  { kind: 'event', name: 'UsageUpdated', type: 'usage.updated', family: 'usage', profile, schema: UsageUpdated, sources: ['agent'] },
  { kind: 'event', name: 'Notice', type: 'notice', family: 'notice', profile, schema: Notice, sources: ['agent', 'server'] },
  { kind: 'event', name: 'VendorEvent', type: 'x.*', family: 'notice', profile, schema: VendorEvent, sources: ['agent', 'server'] },
];
