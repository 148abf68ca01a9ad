// Can do nothing at all, and says so.
import { createInterface } from 'node:readline';

createInterface({ input: process.stdin }).on('line', (line) => {
  const request: { id: number } = JSON.parse(line);
  console.log(JSON.stringify({ id: request.id, unsupported: true }));
});
