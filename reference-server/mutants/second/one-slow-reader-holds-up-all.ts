import { Connection } from '../../src/hub/connection.ts';
import { startForProgram } from '../../src/start.ts';

const deliver = Connection.prototype.deliver;

/** Delivers to nobody while somebody reads slowly, as a server does that waits for every write; breaks DELIVERY-9. */
Connection.prototype.deliver = function (parcel, now) {
  const wait = (): void => {
    if (this.isEnded) return;
    if ([...this.live.connections].some((each) => each !== this && each.blockedAt !== undefined)) setTimeout(wait, 20);
    else this.pump(now);
  };
  if ([...this.live.connections].some((each) => each !== this && each.blockedAt !== undefined)) return wait();
  deliver.call(this, parcel, now);
};
await startForProgram();
