import { CompactLog } from '../../src/snapshot/compact-log.ts';
import { startForProgram } from '../../src/start.ts';

/** Keeps a snapshot that forgets to be made anew at `session.updated`; breaks SNAPSHOT-5. */
class CachedLog extends CompactLog {
  #texts: readonly string[] | undefined;

  override add(...[event, text]: Parameters<CompactLog['add']>): void {
    super.add(event, text);
    if (event.type !== 'session.updated') this.#texts = undefined;
  }

  override texts(): readonly string[] {
    return (this.#texts ??= super.texts());
  }
}
await startForProgram({ createCompactLog: (maxPieceBytes) => new CachedLog(maxPieceBytes) });
