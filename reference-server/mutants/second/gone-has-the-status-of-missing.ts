import { startForProgram } from '../../src/start.ts';
import { interceptRequests } from './serving.ts';

/** Answers `gone` with the status 404, though its body says 410; breaks ERROR-11. */
interceptRequests(({ response }) => {
  const end = response.end.bind(response);
  response.end = ((body?: unknown) => {
    if (!response.headersSent && response.statusCode === 410) response.statusCode = 404;
    return end(body);
  }) as typeof response.end;
  return false;
});
await startForProgram();
