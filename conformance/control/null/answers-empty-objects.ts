import { createServer } from 'node:http';
import { announce } from './announce.ts';

announce(createServer((_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')));
