import { both } from './both.ts';
import type { Command } from './command.ts';
import { coverage } from './coverage.ts';
import { crash } from './crash.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { judge } from './judge.ts';
import { list } from './list.ts';
import type { OptionName } from './option-table.ts';
import { run } from './run.ts';
import { selftest } from './selftest.ts';
import { steady } from './steady.ts';

const none = { least: 0, most: 0 };

/** What every run of the suite takes. */
const runOptions: readonly OptionName[] = ['config', 'only', 'profile', 'transport', 'jobs', 'seed', 'bail', 'repeat', 'patience', 'timeout-scale', 'report', 'out', 'expected-failures', 'json'];

/** Every command by its name; `all` is the run without one. A new command is a row here. */
export const commands: { readonly [name: string]: Command } = {
  all: { summary: 'test every subject of conformance.config.json', usage: '[options]', words: none, options: runOptions, run },
  server: {
    summary: 'test a server',
    usage: 'server (--url URL | --command COMMAND) [options]',
    words: none,
    options: ['url', 'command', ...runOptions],
    notes: ['A server that runs needs tokens in the configuration; one that the suite starts is given them (conformance/README.md).', 'Without --url and --command, the "server" of conformance.config.json is tested.'],
    run,
  },
  client: {
    summary: 'test a client, or an agent, through its driver',
    usage: 'client [--command COMMAND] [--role agent] [options]',
    words: none,
    options: ['command', 'role', ...runOptions],
    notes: ['The command starts the driver: a program that reads JSON lines and tells what the user would see. `init --client python` writes its skeleton.', 'With --role agent only the scenarios for agents are run.'],
    run,
  },
  init: {
    summary: 'write a conformance.config.json, and the skeleton of a driver',
    usage: 'init [--url URL | --command COMMAND] [--client typescript|python|go]',
    words: none,
    options: ['url', 'command', 'client', 'config', 'force'],
    notes: ['Asks on a terminal for what is not given. Adds to a configuration that is there, and writes over nothing unless forced.'],
    run: init,
  },
  list: { summary: 'name the scenarios', usage: 'list [options]', words: none, options: ['only', 'profile', 'role', 'json'], run: list },
  explain: { summary: 'show a requirement, and what checks it', usage: 'explain RESUME-7', words: { least: 0, most: 1 }, options: [], run: explain },
  coverage: { summary: 'say which requirements the last full run has checked', usage: 'coverage [options]', words: none, options: ['config', 'json'], run: coverage },
  judge: {
    summary: 'judge recorded transcripts again, and draw them',
    usage: 'judge FILE… [options]',
    words: { least: 1, most: Infinity },
    options: ['role', 'patience', 'timeout-scale', 'json'],
    notes: ['Transcripts are the .jsonl files that --out DIR leaves (transcript.schema.json). Every oracle judges them; the steps of the scenario do not.'],
    run: judge,
  },
  selftest: { summary: 'test the suite itself, by peers that are broken on purpose', usage: 'selftest [options]', words: none, options: ['config', 'only', 'sample', 'role', 'jobs', 'patience', 'json'], run: selftest },
  steady: {
    summary: 'run again and again, every second time on a busy machine, and compare the verdicts',
    usage: 'steady [--runs N] [--role client|agent] [options]',
    words: none,
    options: ['url', 'command', 'runs', 'role', 'config', 'only', 'profile', 'transport', 'jobs', 'seed', 'patience', 'timeout-scale', 'json'],
    notes: ['Exit code 1 if the verdict of any check differs between two runs.'],
    run: steady,
  },
  both: {
    summary: 'try the client of the configuration against its server, cut off at every index of a run',
    usage: 'both [--frames N] [options]',
    words: none,
    options: ['frames', 'url', 'config', 'transport', 'patience', 'timeout-scale'],
    notes: ['Two clients for each frame and transport: one is cut off inside of it, one behind it, and each gives a command in that moment.'],
    run: both,
  },
  crash: { summary: 'kill the server at moments of a stream that a seed picks', usage: 'crash [--command COMMAND] [options]', words: none, options: ['command', 'config', 'transport', 'tries', 'seed', 'patience', 'timeout-scale', 'out'], run: crash },
};
