import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { UsageError, type LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { SubjectResult } from '../run/outcome.ts';
import { runServerSuite } from '../run/run-server-suite.ts';
import { loadCorpus } from '../scenario/load.ts';
import type { TargetSource } from '../target/open-target.ts';
import { countOption, textOption, type Options } from './options.ts';
import type { RunControl, RunOptions } from './run-options.ts';
import { selectionOf } from './selection.ts';
import { splitCommand } from './split-command.ts';
import { resolveTokens } from './tokens.ts';

/** The command of `--command` as program and arguments; undefined if it was not given. */
export function commandOption(options: Options): readonly string[] | undefined {
  const typed = textOption(options, 'command');
  return typed === undefined ? undefined : splitCommand(typed);
}

const isAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? '');

/** How to reach the server: by the options, else by the configuration. Throws `UsageError` if neither says. */
export function serverSource(options: Options, { configuration, folder }: LoadedConfiguration): TargetSource {
  const { server } = configuration;
  const url = textOption(options, 'url') ?? (textOption(options, 'command') === undefined ? server?.url : undefined);
  if (url !== undefined) {
    if (!isAddress(url)) throw new UsageError(`--url must be a URL such as http://localhost:8787: got ${url}${isAddress(`http://${url}`) ? `: did you mean http://${url}?` : ''}`);
    return { kind: 'url', url: new URL(url), tokens: resolveTokens(server?.tokens ?? {}, process.env), hooks: server?.hooks ?? {} };
  }
  const typed = commandOption(options);
  const command = typed ?? server?.command;
  if (command === undefined) throw new UsageError('There must be a server to test: give --url http://localhost:8787, --command "node my-server.js", or a conformance.config.json with "server" (conformance init writes one).');
  return { kind: 'command', command, limits: server?.limits ?? {}, folder: typed === undefined ? folder : process.cwd(), hooks: typed === undefined ? (server?.hooks ?? {}) : {} };
}

/** Scenarios wait more than they work, so that many fit beside each other even on two cores. */
export const defaultJobs = Math.max(16, 8 * availableParallelism());

/** Runs the server suite as the options say. Throws `UsageError` if there is no server to test. */
export async function runServer(options: Options, loaded: LoadedConfiguration, { patienceMs, timeoutScale, transports }: RunOptions, control: RunControl): Promise<SubjectResult> {
  const source = serverSource(options, loaded);
  const requirements = loadRequirements();
  return runServerSuite({
    ...control,
    source,
    corpus: loadCorpus(join(packageFolder, 'scenarios'), 'server'),
    isScripted: loaded.configuration.server?.scripted === true,
    select: selectionOf(options, options.command === 'all' ? undefined : 'server').selects,
    requirementOf: (id) => requirements.get(id),
    ...(transports === undefined ? {} : { transports }),
    patienceMs,
    timeoutScale,
    jobs: countOption(options, 'jobs', defaultJobs, 1),
  });
}
