import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { announce } from './announce.ts';

announce(createServer((socket) => socket.on('error', () => undefined).end(randomBytes(4_096))));
