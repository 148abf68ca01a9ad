import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import { UsageError, type LoadedConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { selectScenarios } from '../scenario/select.ts';
import type { ListedScenario } from './list.ts';
import { numberOption, textOption, type Options } from './options.ts';
import { transportsOf } from './server.ts';

const corpusFolder = join(packageFolder, 'scenarios', 'client');

/** The client scenarios as lines of the catalogue. */
export const listClientScenarios = (): ListedScenario[] =>
  loadClientScenarios(corpusFolder).scenarios.map(({ id, title, covers, profile }) => ({ role: 'client', id, title, covers, profiles: [profile] }));

/** Runs the client suite as the options say. Throws `UsageError` if there is no driver to start, or nothing is selected. */
export async function runClient(options: Options, { configuration, folder }: LoadedConfiguration, onResult: (result: ScenarioResult, done: number, total: number) => void): Promise<SubjectResult> {
  const command = (options.command === 'client' ? textOption(options, 'command')?.split(/\s+/) : undefined) ?? configuration.client?.command;
  if (command === undefined) throw new UsageError('There must be a client to test: give --command, or a conformance.config.json with "client".');
  const requirements = loadRequirements();
  const corpus = loadClientScenarios(corpusFolder);
  const scenarios = corpus.scenarios.filter(selectScenarios(textOption(options, 'only')));
  if (scenarios.length === 0 && options.command === 'client') throw new UsageError(`--only must match a scenario or name a requirement that one covers: got ${textOption(options, 'only') ?? ''}`);
  const transports = (transportsOf(options) ?? ['websocket', 'sse']).filter((transport) => transport === 'websocket' || transport === 'sse');
  return runClientSuite({
    command,
    cwd: folder,
    corpus: { ...corpus, scenarios },
    transports,
    jobs: numberOption(options, 'jobs', 8, 1),
    patienceMs: 1000 * numberOption(options, 'patience', 5, 0.1),
    requirementOf: (id) => requirements.get(id),
    onResult,
  });
}
