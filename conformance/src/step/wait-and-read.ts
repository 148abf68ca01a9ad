import type { Inbox, Waited } from '../peer/inbox.ts';
import type { Entry } from '../transcript/entry.ts';

/** Long enough for a process that runs again to read what its sockets hold. */
const readMs = 50;

/** Waits as the inbox does. A runner that stood still finds its time over before it has read what came in time: so it reads, and looks once more, before it says that nothing came. */
export async function waitAndRead(inbox: Inbox, test: (entry: Entry) => boolean, from: number, boundMs: number): Promise<Waited> {
  const waited = await inbox.waitFor(test, from, boundMs);
  return 'vain' in waited && waited.vain === 'time' ? inbox.waitFor(test, waited.index, readMs) : waited;
}
