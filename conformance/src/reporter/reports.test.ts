import { expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { everyOutcome, exampleRun, hostileText, result } from '../../test/example-run.ts';
import { readXml, type Element } from '../../test/read-markup.ts';
import { Statement } from './statement.ts';
import { reporters } from './table.ts';

const stale = [{ entry: { scenario: 'log/one', reason: 'once | broken' }, sentence: 'log/one was expected to fail, and passes', failsOtherwise: [] }];
const run = exampleRun(everyOutcome, { stale });
const render = (name: string, of = run): string => reporters[name]?.render(of) ?? '';
const all = (element: Element, name: string): Element[] => [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];

test('every report has a file of its own and can tell of every outcome, of nothing, and of a refusal', () => {
  expect(Object.keys(reporters)).toEqual(['html', 'junit', 'tap', 'json', 'md', 'annotations', 'statement', 'badge']);
  expect(new Set(Object.values(reporters).map(({ file }) => file)).size).toBe(8);
  const refused = exampleRun([], { refusal: { exitCode: 2, sentence: 'nothing listens there' } });
  for (const name of ['html', 'junit', 'tap', 'json', 'md', 'annotations', 'statement']) expect(render(name, refused)).toContain('nothing listens there');
});

test('JUnit is well-formed whatever a peer sent, and its counts are those of its cases', () => {
  const document = readXml(render('junit'));
  const [suite] = all(document, 'testsuite');
  expect(suite?.attributes).toMatchObject({ tests: '8', failures: '2', errors: '1', skipped: '3' });
  expect([all(document, 'testcase').length, all(document, 'failure').length, all(document, 'error').length, all(document, 'skipped').length]).toEqual([9, 3, 1, 3]);
  const [failure] = all(document, 'failure');
  expect(failure?.attributes['message']).toContain('</script><img src=x onerror=alert(1)>');
  expect(failure?.text).toContain('LOG-3  The server MUST');
});

test('TAP counts its points, and marks what is skipped and what is expected to fail', () => {
  const lines = render('tap').split('\n');
  expect(lines[0]).toBe('TAP version 14');
  expect(lines[1]).toBe('1..9');
  const points = lines.flatMap((line) => /^(ok|not ok) (\d+) - ((?:[^#\\]|\\.)*?)(?: # (SKIP|TODO) .+)?$/.exec(line)?.slice(1) ?? []);
  expect(points.filter((_, index) => index % 4 === 1).map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(points.filter((_, index) => index % 4 === 3)).toEqual([undefined, undefined, undefined, 'TODO', 'SKIP', 'SKIP', undefined, undefined, undefined]);
  const inside = lines.slice(lines.indexOf('  ---') + 1, lines.indexOf('  ...'));
  for (const line of inside) expect(JSON.parse(line.replace(/^ {2}\w+: /, ''))).toBeDefined();
});

test('JSON Lines ends with the verdict', () => {
  const lines = render('json').trimEnd().split('\n').map((line): { kind: string } => JSON.parse(line));
  expect(lines.map(({ kind }) => kind)).toEqual(['run', 'subject', ...everyOutcome.map(() => 'scenario'), 'stale', 'verdict']);
  expect(lines.at(-1)).toEqual({ kind: 'verdict', verdict: 'does not conform', exitCode: 1 });
  expect(lines[3]).toMatchObject({ scenario: 'log/two-truths', outcome: 'fail', checks: [{ cites: ['LOG-3'] }], entries: 7 });
});

test('Markdown and annotations let nothing of a peer out of its place', () => {
  const markdown = render('md');
  expect(markdown).toMatch(/^## ❌ does not conform\n/);
  expect(markdown.split('\n').filter((line) => line.startsWith('|')).map((line) => line.split(/(?<!\\)\|/).length)).toEqual([10, 10, 10]);
  expect(markdown).toContain('````\nexpected: phone saw 41 = A');
  const lines = render('annotations').trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).toMatch(/^::(error|warning) title=[^:,]+::.+$/);
});

test('the statement fits its schema, and says what was expected to fail', () => {
  const statement: unknown = JSON.parse(render('statement'));
  expect([...Compile(Statement).Errors(statement)]).toEqual([]);
  expect(statement).toMatchObject({ verdict: 'does not conform', seed: 7, expectedFailures: [{ scenario: 'log/known', rules: ['LOG-3'] }], subjects: [{ requirements: { fail: 1, warn: 1, inconclusive: 1, untested: 1 } }] });
});

test('only a run that conforms has a green badge', () => {
  const green = render('badge', exampleRun([result('a/b')]));
  expect(readXml(green).attributes['aria-label']).toBe('durable session v1: conforms, 1 rules');
  expect(green).toContain('#14703c');
  expect(render('badge')).not.toContain('#14703c');
  expect(render('badge', { ...exampleRun([result('a/b')]), verdict: 'passed' })).not.toContain('#14703c');
});

test('the HTML needs nothing else, and never runs what a peer sent', () => {
  const html = render('html');
  expect(html).not.toMatch(/(?:src|href)="(?!#)/);
  expect(html).not.toMatch(/url\(|@import/);
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(html).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
  expect(html).not.toContain(hostileText);
  expect(html).not.toContain('<b>server</b>');
});

test('the HTML has a diagram of the offending frame, and every link leads somewhere', () => {
  const html = render('html');
  expect(html).toMatch(/<li class="offending"><span>7 /);
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  expect([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
});
