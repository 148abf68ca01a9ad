import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const { deliver, pump } = Connection.prototype;
const waiting = new WeakSet<Connection>();

const isHeldUp = (connection: Connection): boolean => connection.isSynced && [...connection.live.connections].some((each) => each !== connection && each.blockedAt !== undefined && each.credential.role === 'observer');

/** Delivers to nobody while an observer reads slowly, as a server does that waits for every write; breaks DELIVERY-9. */
Connection.prototype.pump = function (now) {
  if (!isHeldUp(this)) return pump.call(this, now);
  if (waiting.has(this) || this.isEnded) return;
  waiting.add(this);
  setTimeout(() => {
    waiting.delete(this);
    this.pump(now);
  }, 20);
};
Connection.prototype.deliver = function (parcel, now) {
  if (isHeldUp(this)) this.pump(now);
  else deliver.call(this, parcel, now);
};
await startForProgram();
