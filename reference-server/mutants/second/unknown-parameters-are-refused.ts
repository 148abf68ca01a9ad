import { startForProgram } from '../../src/start.ts';
import { answerProblem, interceptRequests } from './serving.ts';

const known = new Set(['versions', 'features', 'position', 'after', 'limit']);

/** Refuses a query parameter that it does not know; breaks HTTP-22. */
interceptRequests((served) => ([...served.url.searchParams.keys()].every((name) => known.has(name)) ? false : answerProblem(served, 400, 'invalid_frame')));
await startForProgram();
