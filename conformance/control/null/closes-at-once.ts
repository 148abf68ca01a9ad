import { createServer } from 'node:net';
import { announce } from './announce.ts';

announce(createServer((socket) => socket.destroy()));
