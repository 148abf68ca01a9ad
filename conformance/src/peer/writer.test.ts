import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { createWriter, type Writing } from './writer.ts';

/** Writes two texts in some way, with what happens between them, and gives what came at the other end. */
async function received(mode: Writing, between: (write: { release(): void }, turn: (mode: Writing) => void) => void): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  const [other] = await once(server, 'connection');
  let text = '';
  other.on('data', (chunk: Buffer) => (text += chunk.toString()));
  let now = mode;
  const writer = createWriter(socket, () => now);
  writer.write(Buffer.from('zwölf '));
  between(writer, (next) => (now = next));
  writer.write(Buffer.from('€'));
  if (now === 'whole') await writer.flushed();
  const whole = new Promise<void>((settle) => other.on('data', () => (text.endsWith('€') ? settle() : undefined)));
  if (!text.endsWith('€')) await whole;
  socket.destroy();
  server.close();
  return text;
}

it('loses nothing and keeps the order, however it writes', async () => {
  expect(await received('whole', () => undefined)).toBe('zwölf €');
  expect(await received('bytewise', () => undefined)).toBe('zwölf €');
  expect(await received('bytewise', (_, turn) => turn('whole'))).toBe('zwölf €');
});

it('holds back until it is released', async () => {
  expect(await received('held', (writer, turn) => {
    turn('whole');
    writer.release();
  })).toBe('zwölf €');
  expect(await received('held', (_, turn) => turn('bytewise'))).toBe('zwölf €');
});
