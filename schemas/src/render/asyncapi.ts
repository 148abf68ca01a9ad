import { messages } from '../v1/registry.ts';
import type { JsonSchema } from './definitions.ts';

const schemaOf = (name: string): JsonSchema => ({ $ref: `./schema.json#/$defs/${name}` });

const fromServer = messages.filter((message) => message.kind === 'event' || (message.kind === 'control' && message.from === 'server'));
const fromPeer = messages.filter((message) => message.kind === 'command' || (message.kind === 'control' && message.from === 'peer'));

const inChannel = (names: readonly { readonly name: string }[]): JsonSchema[] => names.map(({ name }) => ({ $ref: `#/channels/session/messages/${name}` }));

/** Gives the AsyncAPI 3 document of a connection: which frames each side sends. The operations are those of a server. */
export const renderAsyncApi = (): JsonSchema => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Durable Session Protocol',
    version: '1',
    description: 'A connection by WebSocket. Over SSE the server sends the same frames but acks, and commands come by POST: see openapi.json.',
    license: { name: 'Apache-2.0' },
  },
  defaultContentType: 'application/json',
  channels: {
    session: {
      address: null,
      description: 'The WebSocket URL of the discovery document; the session is named by `hello`.',
      messages: Object.fromEntries(messages.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }])),
    },
  },
  operations: {
    receive: { action: 'receive', channel: { $ref: '#/channels/session' }, messages: inChannel(fromPeer) },
    send: { action: 'send', channel: { $ref: '#/channels/session' }, messages: inChannel(fromServer) },
  },
  components: {
    messages: Object.fromEntries(
      messages.map(({ name, type, kind, family }) => [name, { name: type, title: name, tags: [{ name: kind }, { name: family }], payload: schemaOf(name) }]),
    ),
  },
});
