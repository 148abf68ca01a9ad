import { startForProgram } from '../../src/start.ts';
import { runningHub } from './running-hub.ts';
import { interceptRequests } from './serving.ts';

/** Words the refusal of a session that the principal may not see otherwise than that of one that never was; breaks HTTP-21. */
interceptRequests(({ response, url }) => {
  const sessionId = url.pathname.split('/')[2] ?? '';
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    const isHidden = response.statusCode === 404 && runningHub().find(sessionId) !== undefined;
    return end(isHidden ? String(body).replace('there is no such session', 'this session is not yours') : body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
