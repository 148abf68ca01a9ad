import { defaultLimits } from '@durable-session/schemas';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Names in discovery the default of a limit that is set otherwise; breaks HTTP-3. */
interceptRequests(({ response, url }) => {
  if (!url.pathname.startsWith('/.well-known/')) return false;
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    const { leaseMs, cancelMs, maxConnections, maxQueuedRuns, replayMaxEvents, logPage } = defaultLimits;
    const changed = (text: string): string => {
      const discovery: { limits: object } = JSON.parse(text);
      return JSON.stringify({ ...discovery, limits: { ...discovery.limits, leaseMs, cancelMs, maxConnections, maxQueuedRuns, replayMaxEvents, logPage } });
    };
    return end(typeof body === 'string' ? changed(body) : body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
