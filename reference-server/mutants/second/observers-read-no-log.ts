import { Credentials } from '../../src/hub/credential.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

const find = Credentials.prototype.find;
interceptRequests();

/** Refuses the log to observers, who read the same events on a connection; breaks ROLE-4. */
Credentials.prototype.find = function (token) {
  const credential = find.call(this, token);
  return credential?.role === 'observer' && serving()?.url.pathname.endsWith('/log') === true ? undefined : credential;
};
await startForProgram();
