import { CompactLog } from '../../src/snapshot/compact-log.ts';
import { startForProgram } from '../../src/start.ts';

/** Leaves the claims of client tools out of snapshots; breaks SNAPSHOT-5. */
class ForgetfulLog extends CompactLog {
  override texts(): readonly string[] {
    return super.texts().filter((text) => !text.includes('"type":"request.claimed"'));
  }
}
await startForProgram({ createCompactLog: (maxPieceBytes) => new ForgetfulLog(maxPieceBytes) });
