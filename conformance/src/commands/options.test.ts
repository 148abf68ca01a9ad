import { describe, expect, it } from 'vitest';
import { UsageError } from '../configuration.ts';
import { nearest } from './nearest.ts';
import { chosenOptions, countOption, listOption, parseOptions } from './options.ts';
import { readRunOptions } from './run-options.ts';
import { isOfRole, roleOfRun, roleOption } from './role.ts';
import { selectionOf } from './selection.ts';
import { serverSource } from './server.ts';
import { splitCommand } from './split-command.ts';
import { commands } from './table.ts';

const parsed = (...words: string[]) => parseOptions(words, commands);

function complaint(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'no complaint';
}

describe('what is typed wrong is answered with the nearest right word', () => {
  it.each<[string, () => unknown, string]>([
    ['an option', () => parsed('server', '--transprot', 'ws'), '--transprot is no option: did you mean --transport?'],
    ['an option with its value', () => parsed('server', '--seeed=4'), '--seeed is no option: did you mean --seed?'],
    ['a command', () => parsed('sever'), 'sever is no command: did you mean server?; --help lists them'],
    ['an address as a command', () => parsed('http://localhost:1'), 'did you mean server --url http://localhost:1?'],
    ['an address without --url', () => parsed('server', 'http://localhost:1'), 'did you mean --url http://localhost:1?'],
    ['an option of another command', () => parsed('list', '--url', 'http://localhost:1'), '--url is an option of server'],
    ['an option without its value', () => parsed('server', '--url'), "Option '--url <value>' argument missing"],
    ['an address without http', () => serverSource(parsed('server', '--url', 'localhost:1'), { configuration: {}, folder: '.' }), 'did you mean http://localhost:1?'],
    ['a transport', () => readRunOptions(parsed('server', '--transport', 'wss')), '--transport must be of ws, sse: got wss: did you mean ws?'],
    ['a report', () => chosenOptions(parsed('server', '--report', 'jsn'), 'report', ['json', 'html']), 'got jsn: did you mean json?'],
    ['half a scenario', () => countOption(parsed('server', '--jobs', '1.5'), 'jobs', 1, 1), '--jobs must be a whole number from 1 on: got 1.5'],
    ['nothing as a list', () => listOption(parsed('server', '--only', ','), 'only'), '--only must name something'],
    ['a file that is not there', () => readRunOptions(parsed('server', '--expected-failures', 'no-such.json')), '--expected-failures must be a file: got no-such.json'],
    ['a scenario', () => selectionOf(parsed('server', '--only', 'aproval/*'), 'server'), 'did you mean approval/*?'],
    ['a scenario of the other role', () => selectionOf(parsed('server', '--only', 'client/resume/hole'), 'server'), 'conformance client --only client/resume/hole'],
    ['a requirement', () => selectionOf(parsed('server', '--only', 'RESUM-10'), 'server'), 'did you mean RESUME-10?'],
    ['a role', () => roleOption(parsed('client', '--role', 'server'), ['client', 'agent']), '--role must be client or agent: got server'],
    ['a profile', () => selectionOf(parsed('server', '--profile', 'stearing'), 'server'), 'did you mean steering?'],
  ])('%s', (_, work, sentence) => expect(complaint(work)).toContain(sentence));

  it('names nothing that is far', () => expect(nearest('xyzzy', ['server', 'client'])).toBeUndefined());
});

describe('a selection', () => {
  it('joins words of one option and of several', () => {
    const both = selectionOf(parsed('server', '--only', 'approval/*', '--only', 'resume-1,resume/*'), 'server');
    expect([both.selects({ id: 'approval/race-of-two' }), both.selects({ id: 'resume/cut-live-at-every-index' }), both.selects({ id: 'lease/renewal' })]).toEqual([true, true, false]);
    expect(both.isNarrowed).toBe(true);
  });

  it('takes as core what needs no other profile', () => {
    const core = selectionOf(parsed('server', '--profile', 'core'), 'server');
    expect([core.selects({ id: 'attach/a-first-attach' }), core.selects({ id: 'approval/race-of-two' })]).toEqual([true, false]);
  });

  it('of agents alone is a part of that of clients', () => {
    const ids = ['client/agents/fenced', 'client/resume/hole', 'approval/race-of-two'];
    const selected = (role: 'agent' | 'client') => ids.filter((id) => selectionOf(parsed('client'), role).selects({ id }));
    expect([selected('agent'), selected('client')]).toEqual([ids.slice(0, 1), ids.slice(0, 2)]);
    expect([selectionOf(parsed('client'), 'agent').isNarrowed, selectionOf(parsed('client'), 'client').isNarrowed]).toEqual([true, false]);
    expect([roleOfRun(parsed('client', '--role', 'agent')), roleOfRun(parsed('client')), roleOfRun(parsed())]).toEqual(['agent', 'client', undefined]);
    expect([isOfRole('agent', 'client'), isOfRole('client', 'agent')]).toEqual([true, false]);
  });

  it('is everything without an option', () => expect(selectionOf(parsed('server'), 'server').isNarrowed).toBe(false));
});

it('splits a command as people quote it', () => {
  expect(splitCommand(`node "my server.js" --name='a b' plain`)).toEqual(['node', 'my server.js', '--name=a b', 'plain']);
});
