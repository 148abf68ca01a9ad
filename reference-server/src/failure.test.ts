import { expect, test } from 'vitest';
import { createReporter, describeFailure } from './failure.ts';

const failure = (fields: object): Error => Object.assign(new Error('as the system says it'), fields);

test.each([
  [{ code: 'ERR_SQLITE_ERROR', errcode: 13 }, 'The disk is full'],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 266 }, 'The disk fails'],
  [{ code: 'ERR_SQLITE_ERROR', errcode: 19 }, 'as the system says it'],
  [{ code: 'EADDRINUSE', syscall: 'listen', port: 8787 }, 'Port 8787 is in use'],
  [{ code: 'EACCES', syscall: 'listen', port: 80 }, 'Port 80 may not'],
  [{ code: 'EACCES', syscall: 'mkdir', path: '/data' }, '/data may not be written'],
])('%j is told in a sentence', (fields, sentence) => {
  expect(describeFailure(failure(fields))).toContain(sentence);
});

test('a fault of the server is told by its stack, each time', () => {
  const lines: string[] = [];
  const report = createReporter((line) => lines.push(line), () => 0);
  report(new TypeError('x is undefined'));
  report(new TypeError('x is undefined'));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('failure.test.ts');
});

test('what the surroundings do is told now and then', () => {
  const lines: string[] = [];
  let now = 0;
  const report = createReporter((line) => lines.push(line), () => now);
  for (now = 0; now < 20_000; now += 1_000) report(failure({ code: 'ERR_SQLITE_ERROR', errcode: 13 }));
  expect(lines).toHaveLength(2);
});
