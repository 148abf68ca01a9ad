import type { JsonSchema } from './definitions.ts';

const schemaOf = (name: string): JsonSchema => ({ $ref: `./schema.json#/$defs/${name}` });
const component = (kind: string, name: string): JsonSchema => ({ $ref: `#/components/${kind}/${name}` });
const json = (name: string, description: string): JsonSchema => ({ description, content: { 'application/json': { schema: schemaOf(name) } } });
const problem = component('responses', 'Problem');
const id: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' };
const versions = component('parameters', 'versions');
const session = component('parameters', 'session');

const query = (name: string, description: string, schema: JsonSchema = { type: 'string' }): JsonSchema => ({ name, in: 'query', description, schema });

const command = (name: string, description: string): JsonSchema => ({ required: true, description, content: { 'application/json': { schema: schemaOf(name) } } });

const stream: JsonSchema = {
  description: 'One SSE event for each frame: `welcome` first. Events of the log carry their position as `id`.',
  content: { 'text/event-stream': { schema: { type: 'string' } } },
};

const paths: JsonSchema = {
  '/.well-known/durable-session': {
    get: { operationId: 'discover', security: [], responses: { 200: json('Discovery', 'What the server says of itself.') } },
  },
  '/sessions': {
    post: {
      operationId: 'createSession',
      parameters: [versions],
      requestBody: command('SessionCreate', 'The command `session.create`.'),
      responses: { 200: json('Ack', 'The judgement; `status` tells it.'), default: problem },
    },
  },
  '/sessions/{session}': {
    parameters: [session],
    get: {
      operationId: 'readSession',
      responses: { 200: json('SnapshotDocument', 'The state as a compacted log.'), 304: { description: 'Unchanged.' }, default: problem },
    },
    delete: { operationId: 'deleteSession', responses: { 204: { description: 'Deleted.' }, default: problem } },
  },
  '/sessions/{session}/log': {
    parameters: [session],
    get: {
      operationId: 'readLog',
      parameters: [
        query('after', 'The position after which the page begins, as `epoch.seq`.'),
        query('limit', 'How many events at most.', { type: 'integer', minimum: 1 }),
      ],
      responses: { 200: json('LogPage', 'A page of the log.'), default: problem },
    },
  },
  '/sessions/{session}/events': {
    parameters: [session],
    get: {
      operationId: 'attach',
      parameters: [
        versions,
        query('features', 'The features of `hello`, joined by commas.'),
        query('position', 'The position of `hello`, as `epoch.seq`.'),
        { name: 'Last-Event-ID', in: 'header', description: 'The position; it wins over the query.', schema: { type: 'string' } },
      ],
      responses: { 200: stream, 204: { description: 'The session is closed and nothing is missing.' }, default: problem },
    },
  },
  '/sessions/{session}/commands': {
    parameters: [session],
    post: {
      operationId: 'command',
      parameters: [versions],
      requestBody: command('Command', 'One command.'),
      responses: { 200: json('Ack', 'The judgement; `status` tells it.'), default: problem },
    },
  },
};

/** Gives the OpenAPI 3.1 document of everything that a server answers over HTTP. */
export const renderOpenApi = (): JsonSchema => ({
  openapi: '3.1.0',
  info: {
    title: 'Durable Session Protocol over HTTP',
    version: '1',
    description: 'Paths are relative to the URLs of the discovery document. The frames of a stream: see asyncapi.json.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'The URL that the discovery document names.' }],
  security: [{ bearer: [] }],
  paths,
  components: {
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    parameters: {
      session: { name: 'session', in: 'path', required: true, schema: id },
      versions: { name: 'versions', in: 'query', required: true, description: 'The versions of `hello`, joined by commas.', schema: { type: 'string' } },
    },
    responses: {
      Problem: { description: 'An error.', content: { 'application/problem+json': { schema: schemaOf('Problem') } } },
    },
  },
});
