import { createServer } from 'node:http';
import { announce } from './announce.ts';

announce(
  createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const timer = setInterval(() => response.write('{"protocol": '.repeat(20)), 20);
    response.on('close', () => clearInterval(timer));
  }),
);
