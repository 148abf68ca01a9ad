import { readCommandLine, usage } from './command-line.ts';
import { describeFailure } from './failure.ts';
import { startForPerson, startForProgram } from './start.ts';

try {
  const line = readCommandLine(process.argv.slice(2));
  if (line.help) console.log(usage);
  else if (line.settingsFromStdin) await startForProgram();
  else await startForPerson(line);
} catch (error) {
  console.error(describeFailure(error) ?? `The server can not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
