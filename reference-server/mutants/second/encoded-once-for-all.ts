import { Parcel } from '../../src/hub/wire.ts';
import { startForProgram } from '../../src/start.ts';

const encoded = new WeakMap<Parcel, Map<string, Buffer>>();
const bytes = Parcel.prototype.bytes;

/** Keeps what it has encoded by transport alone, so that the first receiver decides for all whether deltas are joined; breaks COMPACT-2. */
Parcel.prototype.bytes = function (encoding, isCompact) {
  const known = encoded.get(this) ?? new Map<string, Buffer>();
  encoded.set(this, known);
  const made = known.get(encoding) ?? bytes.call(this, encoding, isCompact);
  known.set(encoding, made);
  return made;
};
await startForProgram();
