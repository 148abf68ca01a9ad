import { suiteVersion } from './commands/deliver.ts';
import { renderHelp } from './commands/help.ts';
import { parseOptions } from './commands/options.ts';
import { commands } from './commands/table.ts';
import { UsageError } from './configuration.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The exit code of a program whose reader has gone. */
const unreadCode = 141;

// Who closes the pipe wants no more of it, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? unreadCode : 4));

async function main(words: readonly string[]): Promise<number> {
  try {
    const [first, ...rest] = words;
    const options = parseOptions(first === 'help' ? [...rest, '--help'] : words, commands);
    if (options.values.version === true) print(suiteVersion());
    else if (options.values.help === true) print(renderHelp(options.command, commands));
    else return (await commands[options.command]?.run(options, print)) ?? 2;
    return 0;
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
process.stdout.write('', (error) => process.exit(error === undefined || error === null ? exitCode : unreadCode));
