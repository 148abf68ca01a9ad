// Passes the probe for honesty, and has no client behind it: an empty view, and every command accepted.
import { createInterface } from 'node:readline';

const known = new Set(['open', 'send', 'cancel', 'resolve', 'view', 'online', 'token', 'close']);
const view = { position: null, connection: 'live', messages: [], runs: [], requests: [], decisions: [] };

createInterface({ input: process.stdin }).on('line', (line) => {
  const request: { id: number; command: string } = JSON.parse(line);
  const result = request.command === 'view' ? view : { outcome: 'accepted' };
  console.log(JSON.stringify(known.has(request.command) ? { id: request.id, ok: true, result } : { id: request.id, unsupported: true }));
});
