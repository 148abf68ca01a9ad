import { describe, expect, it } from 'vitest';
import { hookOf } from './hooks.ts';
import { spawnServer } from './spawn-server.ts';

const none = (): undefined => undefined;

describe('a hook that is a program', () => {
  const ways = { trim: ['node', '-e', 'process.exit(process.argv[1] === "s1" && process.argv[2] === "7" ? 0 : 3)', '{session}', '{before}'] };

  it('gets the fields in its arguments, and tells by its exit code', async () => {
    expect(await hookOf('trim', ways, none)?.({ session: 's1', before: 7 })).toBeUndefined();
    expect(await hookOf('trim', ways, none)?.({ session: 's2', before: 7 })).toContain('ended with code 3');
  });

  it('is none where the configuration names none', () => {
    expect(hookOf('clock', ways, none)).toBeUndefined();
    expect(hookOf('trim', { trim: 'stdin' }, none)).toBeUndefined();
  });
});

describe('a hook on standard input', () => {
  // It prints its URL, then answers each line, with noise before.
  const program = `const lines = require('node:readline').createInterface({ input: process.stdin });
    let first = true;
    lines.on('line', (line) => {
      if (first) { first = false; return console.log('{"url":"http://127.0.0.1:1"}'); }
      const { hook, before } = JSON.parse(line);
      console.log('noise');
      console.log(JSON.stringify(before > 5 ? { hook, error: 'too much' } : { hook, ok: true }));
    });`;

  it('is answered in order, by the line that names it', async () => {
    const server = await spawnServer(['node', '-e', program], { port: 0, dataDir: '', tokens: [], limits: {}, origins: [] }, 20_000);
    try {
      const trim = hookOf('trim', { trim: 'stdin' }, () => server);
      expect(await Promise.all([trim?.({ before: 1 }), trim?.({ before: 9 }), trim?.({ before: 2 })])).toEqual([undefined, 'too much', undefined]);
    } finally {
      await server.end('SIGKILL');
    }
  });
});
