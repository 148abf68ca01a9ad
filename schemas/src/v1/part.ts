import Type, { type Static, type TProperties, type TSchema } from 'typebox';
import { Citation } from './citation.ts';
import { Id, Json, JsonObject } from './scalar.ts';

const identity = { partId: Id, parentPartId: Type.Optional(Id), stepId: Type.Optional(Id) };

const base = { ...identity, ended: Type.Optional(Type.Literal(true)), metadata: Type.Optional(JsonObject) };

const text = { ...base, kind: Type.Literal('text'), text: Type.Optional(Type.String()), citations: Type.Optional(Type.Array(Citation)) };

const reasoning = { ...base, kind: Type.Literal('reasoning'), text: Type.Optional(Type.String()) };

const tool = {
  ...base,
  kind: Type.Literal('tool'),
  toolCallId: Type.String({ minLength: 1, maxLength: 256 }),
  toolName: Type.String({ minLength: 1 }),
  executor: Type.Optional(Type.Enum(['agent', 'provider', 'client'])),
  title: Type.Optional(Type.String()),
  inputFormat: Type.Optional(Type.Enum(['json', 'text'])),
  idempotent: Type.Optional(Type.Boolean()),
  input: Type.Optional(Json),
};

const file = {
  ...base,
  kind: Type.Literal('file'),
  mediaType: Type.String({ minLength: 1 }),
  fileId: Type.Optional(Id),
  url: Type.Optional(Type.String({ minLength: 1 })),
  data: Type.Optional(Type.String()),
  filename: Type.Optional(Type.String()),
  bytes: Type.Optional(Type.Integer({ minimum: 0 })),
};

const source = {
  ...base,
  kind: Type.Literal('source'),
  url: Type.Optional(Type.String({ minLength: 1 })),
  title: Type.Optional(Type.String({ minLength: 1 })),
  mediaType: Type.Optional(Type.String()),
  filename: Type.Optional(Type.String()),
  quote: Type.Optional(Type.String()),
};

const data = { ...base, kind: Type.Literal('data'), name: Type.String({ minLength: 1 }), data: Json };

/** The fields of each kind of part. @internal */
export const partFields = { text, reasoning, tool, file, source, data };

/** Exactly one of these says where a file's bytes are. */
const fileLocation = { oneOf: [{ required: ['fileId'] }, { required: ['url'] }, { required: ['data'] }] };

/** A source names a URL or a title, or both. */
const sourceName = { anyOf: [{ required: ['url'] }, { required: ['title'] }] };

/** Text for the reader. */
export const TextPart = Type.Object(text, { title: 'TextPart' });
export interface TextPart extends Static<typeof TextPart> {}

/** What the model thought; its text may stay empty when it is redacted. */
export const ReasoningPart = Type.Object(reasoning, { title: 'ReasoningPart' });
export interface ReasoningPart extends Static<typeof ReasoningPart> {}

/** One call of a tool: its input is here, its execution is told by `tool.*` events. */
export const ToolPart = Type.Object(tool, { title: 'ToolPart' });
export interface ToolPart extends Static<typeof ToolPart> {}

/** A file by id, by URL or inline as base64. */
export const FilePart = Type.Object(file, { title: 'FilePart', ...fileLocation });
export interface FilePart extends Static<typeof FilePart> {}

/** A document or page that an answer rests on. */
export const SourcePart = Type.Object(source, { title: 'SourcePart', ...sourceName });
export interface SourcePart extends Static<typeof SourcePart> {}

/** Named data for the application; the protocol never looks inside. */
export const DataPart = Type.Object(data, { title: 'DataPart' });
export interface DataPart extends Static<typeof DataPart> {}

/** One piece of a message, of one of six kinds. */
export type Part = TextPart | ReasoningPart | ToolPart | FilePart | SourcePart | DataPart;
export const Part = Type.Unsafe<Part>({
  title: 'Part',
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [TextPart, ReasoningPart, ToolPart, FilePart, SourcePart, DataPart],
});

/** The schema of an object that carries the fields of a part beside `more`; `T` is its static type without the part. */
export const partWith = <T>(title: string, more: TProperties & { readonly type: TSchema }) =>
  Type.Unsafe<T & Part>({
    title,
    type: 'object',
    required: ['type', 'kind'],
    properties: { type: more.type },
    discriminator: { propertyName: 'kind' },
    oneOf: [
      Type.Object({ ...more, ...text }, { title: `${title}Text` }),
      Type.Object({ ...more, ...reasoning }, { title: `${title}Reasoning` }),
      Type.Object({ ...more, ...tool }, { title: `${title}Tool` }),
      Type.Object({ ...more, ...file }, { title: `${title}File`, ...fileLocation }),
      Type.Object({ ...more, ...source }, { title: `${title}Source`, ...sourceName }),
      Type.Object({ ...more, ...data }, { title: `${title}Data` }),
    ],
  });

/** The fields that `part.updated` may carry: any of a part but its identity, kind and end; `null` removes an optional one. */
export const partChanges = {
  text: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  citations: Type.Optional(Type.Union([Type.Array(Citation), Type.Null()])),
  toolCallId: Type.Optional(tool.toolCallId),
  toolName: Type.Optional(tool.toolName),
  executor: Type.Optional(Type.Union([Type.Enum(['agent', 'provider', 'client']), Type.Null()])),
  title: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  inputFormat: Type.Optional(Type.Union([Type.Enum(['json', 'text']), Type.Null()])),
  idempotent: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  input: Type.Optional(Json),
  mediaType: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
  fileId: Type.Optional(Type.Union([Id, Type.Null()])),
  url: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()])),
  filename: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  bytes: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
  quote: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  name: Type.Optional(Type.String({ minLength: 1 })),
  data: Type.Optional(Json),
  metadata: Type.Optional(JsonObject),
};
