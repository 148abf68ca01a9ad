import { startForProgram } from '../../src/start.ts';
import { runningHub } from './running-hub.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Refuses the body of a POST that has exactly `maxFrameBytes`; breaks LIMIT-5. */
interceptRequests((served) => {
  if (Number(served.request.headers['content-length'] ?? 0) !== runningHub().parts.limits.maxFrameBytes) return false;
  served.request.resume();
  return answerProblem(served, 413, 'frame_too_large');
});
await startForProgram();
