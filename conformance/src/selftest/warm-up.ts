import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTarget, type TargetSource } from '../target/open-target.ts';
import { SpawnError } from '../target/spawn-server.ts';
import { TargetRefused } from '../target/discover.ts';

/**
 * Has Node keep what it compiles of servers, which is most of what a start costs: a self-test starts hundreds.
 *
 * What is compiled is kept when a process ends in order, which a broken server never does; so the good one does it once.
 */
export async function warmUp(source: TargetSource, boundMs: number): Promise<void> {
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'conformance-compiled');
  try {
    const { target, close } = await openTarget(source, boundMs);
    await target.process?.kill('SIGTERM');
    await close();
  } catch (error) {
    // Whoever starts it next says what is wrong with it.
    if (!(error instanceof SpawnError) && !(error instanceof TargetRefused)) throw error;
  }
}
