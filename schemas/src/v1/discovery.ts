import Type, { type Static } from 'typebox';
import { Durability } from './connection.ts';
import { ErrorObject } from './error.ts';
import { AdvertisedLimits } from './advertised-limits.ts';
import { Position } from './place.ts';

const endpoint = Type.Object({ url: Type.String({ minLength: 1, description: 'Absolute, or relative to the discovery document.' }) });

/** What a server says of itself at `/.well-known/durable-session`. */
export const Discovery = Type.Object(
  {
    protocol: Type.Literal('durable-session'),
    versions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1 }),
    transports: Type.Object({ websocket: Type.Optional(endpoint), sse: Type.Optional(endpoint), http: endpoint }),
    profiles: Type.Array(Type.String({ minLength: 1 })),
    features: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }))),
    limits: AdvertisedLimits,
    durability: Durability,
    implementation: Type.Optional(Type.Object({ name: Type.String(), version: Type.Optional(Type.String()) })),
  },
  { title: 'Discovery' },
);
export interface Discovery extends Static<typeof Discovery> {}

const events = Type.Array(Type.Object({ seq: Type.Integer({ minimum: 1 }), type: Type.String() }));

/** A page of history: the body of `GET …/log`. */
export const LogPage = Type.Object({ events }, { title: 'LogPage' });
export interface LogPage extends Static<typeof LogPage> {}

/** The state of a session as a compacted log: the body of `GET …/sessions/{id}`. */
export const SnapshotDocument = Type.Object({ position: Position, events }, { title: 'SnapshotDocument' });
export interface SnapshotDocument extends Static<typeof SnapshotDocument> {}

/** An error over HTTP: `application/problem+json` with the fields of `ErrorObject`. */
export const Problem = Type.Object(
  {
    ...ErrorObject.properties,
    type: Type.Optional(Type.String()),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
  },
  { title: 'Problem' },
);
export interface Problem extends Static<typeof Problem> {}

/** Documents: JSON that is not a frame. */
export const documents = [
  { name: 'Discovery', schema: Discovery },
  { name: 'LogPage', schema: LogPage },
  { name: 'SnapshotDocument', schema: SnapshotDocument },
  { name: 'Problem', schema: Problem },
] as const;
