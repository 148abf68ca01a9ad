import { readCommandLine, usage } from './command-line.ts';
import { SettingsError } from './settings.ts';
import { startForPerson, startForProgram } from './start.ts';

/** What a failure to start is told as: what to do about it, and no stack. */
function describeFailure(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = { code: undefined, port: undefined, ...error };
  if (code === 'EADDRINUSE') return `Port ${String(port)} is in use: end what listens there, or choose another with --port.`;
  if (error.message.includes('database is locked')) return 'Another server uses this data directory: end it, or choose another with --data.';
  return `The server can not start: ${error.message}`;
}

try {
  const line = readCommandLine(process.argv.slice(2));
  if (line.help) console.log(usage);
  else if (line.settingsFromStdin) await startForProgram();
  else await startForPerson(line);
} catch (error) {
  console.error(describeFailure(error));
  process.exit(2);
}
