import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Writes `Vary: Authorization` over the `Vary: Origin` that stands there; breaks ORIGIN-6. */
interceptRequests(({ response }) => {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => setHeader(name, name === 'Vary' && String(value).includes('Authorization') ? 'Authorization' : value);
  return false;
});
await startForProgram();
