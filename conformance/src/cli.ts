import { UsageError } from './configuration.ts';
import { crash } from './commands/crash.ts';
import { coverage } from './commands/coverage.ts';
import { explain } from './commands/explain.ts';
import { help } from './commands/help.ts';
import { list } from './commands/list.ts';
import { parseOptions, type Options } from './commands/options.ts';
import { run } from './commands/run.ts';
import { selftest } from './commands/selftest.ts';

type Command = (options: Options, print: (text: string) => void) => number | Promise<number>;

const commands: { readonly [name: string]: Command } = { all: run, server: run, client: run, list, explain, coverage, selftest, crash };

const print = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(words: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(words, Object.keys(commands));
    const command = options.values.help === true ? help : commands[options.command];
    return command === undefined ? 2 : await command(options, print);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    process.stderr.write(`The suite itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 4;
  }
}

const exitCode = await main(process.argv.slice(2));
// Sockets of broken peers may stand for ever, and nothing is left to be said: the end comes once everything is written.
process.stdout.write('', () => process.exit(exitCode));
