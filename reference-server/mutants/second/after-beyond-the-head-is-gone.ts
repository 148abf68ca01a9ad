import { parsePosition } from '@durable-session/schemas';
import { startForProgram } from '../../src/start.ts';
import { runningHub } from './running-hub.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Answers a page after a position beyond the head as if that were trimmed; breaks HISTORY-12. */
interceptRequests((served) => {
  const sessionId = /^\/sessions\/([^/]+)\/log$/.exec(served.url.pathname)?.[1];
  const after = parsePosition(served.url.searchParams.get('after') ?? '');
  const live = sessionId === undefined || !after || served.request.headers.authorization === undefined ? undefined : runningHub().find(sessionId);
  return live && after && after.epoch === live.epoch && after.seq > live.head ? answerProblem(served, 410, 'gone') : false;
});
await startForProgram();
