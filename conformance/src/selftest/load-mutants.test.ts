import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../configuration.ts';
import { loadRequirements } from '../requirement/load.ts';
import { loadMutants } from './load-mutants.ts';

const { configuration, folder } = loadConfiguration(resolve(import.meta.dirname, '../../../conformance.config.json'));

describe('the mutants of this repository', () => {
  const server = loadMutants(configuration.server?.mutants ?? [], folder);
  const all = [...server, ...loadMutants(configuration.client?.mutants ?? [], folder)];
  it('break requirements that there are', () => {
    const requirements = loadRequirements();
    expect(all.filter(({ breaks, alsoFails = [] }) => [breaks, ...alsoFails].some((id) => !requirements.has(id))).map(({ name }) => name)).toEqual([]);
  });
  it('say why others fall with what they break', () => {
    expect(all.filter(({ alsoFails, reason }) => (alsoFails === undefined) !== (reason === undefined)).map(({ name }) => name)).toEqual([]);
  });
  it('tell in one sentence what a server does wrong', () => {
    expect(server.filter(({ truth }) => truth === undefined).map(({ name }) => name)).toEqual([]);
  });
});

describe('a list of mutants', () => {
  const place = mkdtempSync(join(tmpdir(), 'mutants-'));
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(place, name), JSON.stringify(value));
    return name;
  };
  it('is refused with two of one name, and with one that has neither command nor rule', () => {
    const twice = write('twice.json', [{ name: 'a', breaks: 'RUN-1', command: ['x'] }, { name: 'a', breaks: 'RUN-1', command: ['x'] }]);
    expect(() => loadMutants([twice], place)).toThrow('two are called a');
    expect(() => loadMutants([write('bare.json', [{ name: 'a', breaks: 'RUN-1' }])], place)).toThrow('must have a command or a rule');
  });
  it('may name the file of a rule', () => {
    const rule = { on: 'to-client', match: 'ack', do: { drop: true } };
    write('rule.json', rule);
    expect(loadMutants([{ name: 'a', breaks: 'RUN-1', proxy: 'rule.json' }], place)).toEqual([{ name: 'a', breaks: 'RUN-1', rule }]);
  });
});
