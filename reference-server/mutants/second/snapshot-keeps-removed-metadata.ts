import { CompactLog } from '../../src/snapshot/compact-log.ts';
import { startForProgram } from '../../src/start.ts';

/** Drops the nulls of metadata when it merges updates, so that what was removed comes back in a snapshot; breaks HTTP-10. */
class KeepingLog extends CompactLog {
  override add(...[event, text]: Parameters<CompactLog['add']>): void {
    if (event.type !== 'session.updated' || event.leafId !== undefined || !event.metadata) return super.add(event, text);
    super.add({ ...event, metadata: Object.fromEntries(Object.entries(event.metadata).filter(([, value]) => value !== null)) }, text);
  }
}
await startForProgram({ createCompactLog: (maxPieceBytes) => new KeepingLog(maxPieceBytes) });
