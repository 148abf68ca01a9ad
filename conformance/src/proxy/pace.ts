import type { Socket } from 'node:net';

/** How long bytes are held: to be written together, or as by a far network. */
const heldMs: { readonly [spelling: string]: number } = { coalesced: 20, 'late-50': 50, 'late-500': 500 };

/** Calls what writes to a socket, in order: at once, or as late as the spelling says. */
export function createPace(client: Socket, spelling: string | undefined): (write: () => void) => void {
  const ms = heldMs[spelling ?? ''];
  if (ms === undefined) return (write) => write();
  const held: (() => void)[] = [];
  if (spelling !== 'coalesced') {
    return (write) => {
      held.push(write);
      setTimeout(() => held.shift()?.(), ms);
    };
  }
  const flush = (): void => {
    client.cork();
    for (const write of held.splice(0)) write();
    client.uncork();
  };
  return (write) => {
    held.push(write);
    if (held.length === 1) setTimeout(flush, ms);
  };
}
