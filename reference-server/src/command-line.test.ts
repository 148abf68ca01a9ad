import { expect, test } from 'vitest';
import { nearestOption, readCommandLine } from './command-line.ts';

test('without arguments the defaults hold', () => {
  expect(readCommandLine([])).toMatchObject({ port: 8787, host: '127.0.0.1', data: '.data', memory: false, newEpoch: false, origins: [] });
});

test.each([['prot', 'port'], ['token', 'tokens'], ['memroy', 'memory'], ['new-epok', 'new-epoch']])('%s is taken for %s', (given, meant) => {
  expect(nearestOption(given)).toBe(meant);
});

test.each([[['--prot', '1'], '--port'], [['port'], '--port'], [['--port', 'x'], '65535'], [['--port'], '--port'], [['--retain', '0'], 'from 1 on']])('%j is refused with the right option', (args, hint) => {
  expect(() => readCommandLine(args)).toThrow(hint);
});

test('an origin may be given several times', () => {
  expect(readCommandLine(['--origin', 'https://a.example', '--origin', 'https://b.example']).origins).toEqual(['https://a.example', 'https://b.example']);
});
