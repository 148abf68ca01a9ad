import { CompactLog } from '../../src/snapshot/compact-log.ts';
import { startForProgram } from '../../src/start.ts';

/** Keeps of several `usage.updated` the last alone, and so loses a `context` that only an earlier one had; breaks HTTP-10. */
class LastUsageLog extends CompactLog {
  override add(...[event, text]: Parameters<CompactLog['add']>): void {
    super.add(event.type === 'usage.updated' && event.context === undefined ? { ...event, context: undefined } as unknown as typeof event : event, text);
  }
}
await startForProgram({ createCompactLog: (maxPieceBytes) => new LastUsageLog(maxPieceBytes) });
