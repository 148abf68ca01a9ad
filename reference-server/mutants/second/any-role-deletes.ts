import { Credentials } from '../../src/hub/credential.ts';
import { startForProgram } from '../../src/start.ts';
import { interceptRequests, serving } from './serving.ts';

const find = Credentials.prototype.find;
interceptRequests();

/** Deletes a session for whoever may see it; breaks HTTP-17. */
Credentials.prototype.find = function (token) {
  const credential = find.call(this, token);
  return credential && serving()?.request.method === 'DELETE' ? { ...credential, role: 'controller' } : credential;
};
await startForProgram();
