import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const ack = Connection.prototype.ack;

/** Tells on a WebSocket only the outermost field of what is wrong in a command; breaks COMMAND-23. */
Connection.prototype.ack = function (frame, now) {
  const path = frame.error?.details?.['path'];
  if (!frame.error || typeof path !== 'string') return ack.call(this, frame, now);
  const [, outermost = ''] = path.split('/');
  ack.call(this, { ...frame, error: { ...frame.error, details: { ...frame.error.details, path: outermost === '' ? '' : `/${outermost}` } } }, now);
};
await startForProgram();
