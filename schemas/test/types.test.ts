import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { renderBundle } from '../src/render/bundle.ts';
import { asObject } from '../src/render/definitions.ts';
import { run } from '../src/types/command-line.ts';
import { renderPython } from '../src/types/python.ts';
import { renderTypeScript } from '../src/types/typescript.ts';
import { messages } from '../src/v1/registry.ts';
import { describeMisfit } from '../src/v1/validate.ts';
import { examples } from './examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'types-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const definitions = asObject(renderBundle()['$defs']);
const valid = examples.filter(({ isValid }) => isValid);

/** What ranges and patterns refuse is beyond a type of TypeScript. */
const isBeyondTypes = (message: string): boolean => /must (match|be [<>]=|have at)/.test(message);

const wrong = [
  // Of each message one that lacks a required field, so that each has a wrong example that any type system can refuse.
  ...messages.flatMap(({ name }) => {
    const example = valid.find(({ message }) => message === name);
    const required = asObject(definitions[name])['required'];
    const last: unknown = Array.isArray(required) ? required.findLast((field) => field !== 'type') : undefined;
    if (example === undefined || typeof last !== 'string') return [];
    const { [last]: _, ...rest } = asObject(JSON.parse(example.text));
    return [{ message: name, text: JSON.stringify(rest) }];
  }),
  ...examples.filter(({ isValid }) => !isValid),
].map(({ message, text }) => ({ message, text: JSON.stringify(JSON.parse(text)), misfit: describeMisfit(message, JSON.parse(text))?.message ?? '' }));

describe('the command line', () => {
  it.each([
    [['types'], 'the language must be named: --lang typescript or --lang python'],
    [['types', '--lang'], '--lang must be typescript or python: got nothing'],
    [['types', '--lang', 'rust'], '--lang must be typescript or python: got rust'],
    [['types', '--lang', 'toString'], '--lang must be typescript or python: got toString'],
    [['types', '--language', 'python'], 'the option must be --lang: got --language'],
    [['type'], 'the command must be types: got type'],
    [['types', '--lang', 'python', 'now'], 'nothing more must follow the language: got now'],
  ])('%j is answered by one sentence', (words, problem) => {
    expect(run(words)).toEqual({ problem });
  });

  it('prints the types of each language', () => {
    expect(run(['types', '--lang', 'typescript'])).toEqual({ text: renderTypeScript() });
    expect(run(['types', '--lang=python'])).toEqual({ text: renderPython() });
    expect(run(['--help'])).toMatchObject({ text: expect.stringContaining('--lang typescript | python') });
  });
});

describe('TypeScript', () => {
  it('takes every example as a constant of its type, and refuses a wrong one of every message', () => {
    const refusable = wrong.filter(({ misfit }) => !isBeyondTypes(misfit) && !misfit.startsWith('must fit'));
    expect(new Set(refusable.map(({ message }) => message))).toEqual(new Set(examples.map(({ message }) => message)));
    writeFileSync(join(folder, 'frames.ts'), renderTypeScript());
    writeFileSync(
      join(folder, 'use.ts'),
      [
        `import type * as frames from './frames.ts';`,
        ...valid.map(({ message, text }, index) => `export const right${index}: frames.${message} = ${JSON.stringify(JSON.parse(text))};`),
        ...refusable.flatMap(({ message, text }, index) => ['// @ts-expect-error', `export const wrong${index}: frames.${message} = ${text};`]),
        'export function read(frame: frames.Frame): string {',
        `  if (frame.type === 'part.delta') return frame.delta satisfies string;`,
        `  if (frame.type === 'run.cancel') return frame.runId satisfies string;`,
        `  // @ts-expect-error`,
        `  if (frame.type === 'ack') return frame.delta satisfies string;`,
        `  return frame.type;`,
        '}',
      ].join('\n'),
    );
    const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
    const flags = ['--ignoreConfig', '--strict', '--exactOptionalPropertyTypes', '--noEmit', '--target', 'es2022', '--module', 'nodenext', '--allowImportingTsExtensions'];
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...flags, join(folder, 'use.ts')], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });
});

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']).status === 0;
if (!hasPython) console.log('left out: the Python types, because there is no python3 of 3.11 or newer on the PATH');

const program = `
import json, sys, durable_session as ds
given = json.load(sys.stdin)
failures = []
for message, text in given["right"]:
    value = json.loads(text)
    value["a field of tomorrow"] = {"kept": [None]}
    try:
        if json.loads(ds.dump(ds.load(message, value))) != value: failures.append([message, text, "changed"])
        if "type" in value and message not in ("Problem",):
            if json.loads(ds.dump(ds.load_frame(json.dumps(value)))) != value: failures.append([message, text, "changed as a frame"])
    except TypeError as error: failures.append([message, text, str(error)])
for message, text in given["wrong"]:
    try: ds.load(message, json.loads(text)); failures.append([message, text, "not refused"])
    except ds.FrameError: pass
for name in given["names"]:
    if not hasattr(ds, name): failures.append([name, "", "has no type"])
    elif hasattr(getattr(ds, name), "__required_keys__"):
        import typing; typing.get_type_hints(getattr(ds, name))
print(json.dumps(failures))
`;

describe.runIf(hasPython)('Python', () => {
  it('loads every example and keeps unknown fields, and refuses a wrong one of every message', () => {
    writeFileSync(join(folder, 'durable_session.py'), renderPython());
    const input = JSON.stringify({
      right: valid.map(({ message, text }) => [message, text]),
      wrong: wrong.map(({ message, text }) => [message, text]),
      names: Object.keys(definitions),
    });
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { cwd: folder, input, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([]);
  });
});
