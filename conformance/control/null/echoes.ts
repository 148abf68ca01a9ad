import { createServer } from 'node:net';
import { announce } from './announce.ts';

announce(createServer((socket) => socket.on('error', () => undefined).pipe(socket)));
