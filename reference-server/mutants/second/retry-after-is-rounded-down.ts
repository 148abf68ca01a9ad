import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Rounds `Retry-After` down, to 0 for whatever is below a second; breaks HTTP-23. */
interceptRequests(({ response }) => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name === 'Retry-After' ? Math.max(0, Number(value) - 1) : value);
  return false;
});
await startForProgram();
