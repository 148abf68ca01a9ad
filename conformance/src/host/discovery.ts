import type { Limits } from '@durable-session/schemas';
import type { JsonFields } from '../scenario/json.ts';

/** The discovery document of a scripted server; its URLs are relative, as behind any proxy (HTTP-4). */
export const discoveryDocument = (limits: Limits): JsonFields => ({
  protocol: 'durable-session',
  versions: [1],
  transports: { websocket: { url: '/scripted/connect' }, sse: { url: '/scripted' }, http: { url: '/scripted/' } },
  profiles: ['core', 'requests', 'agents', 'steering', 'state', 'presence', 'history'],
  features: [],
  limits,
  durability: 'process',
  implementation: { name: 'conformance runner' },
});
