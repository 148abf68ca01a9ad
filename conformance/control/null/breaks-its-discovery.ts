import { createServer } from 'node:http';
import { announce } from './announce.ts';

// Names the protocol, and no limits.
announce(createServer((_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"protocol": "durable-session", "versions": [1]}')));
