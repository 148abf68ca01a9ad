import { startForProgram } from '../../src/start.ts';
import { answerProblem, interceptRequests } from './serving.ts';

/** Refuses `application/json; charset=utf-8`; breaks HTTP-24. */
interceptRequests((served) => (served.request.method === 'POST' && served.request.headers['content-type']?.includes(';') === true ? answerProblem(served, 400, 'invalid_frame') : false));
await startForProgram();
