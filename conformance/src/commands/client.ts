import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import { playsAgent } from '../client-suite/plays-agent.ts';
import { runClientSuite } from '../client-suite/run-client-suite.ts';
import { UsageError, type LoadedConfiguration } from '../configuration.ts';
import { firstAnswerMs } from '../driver/probe.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { SubjectResult } from '../run/outcome.ts';
import type { ListedScenario } from './list.ts';
import { countOption, type Options } from './options.ts';
import { roleOption } from './role.ts';
import type { RunControl, RunOptions } from './run-options.ts';
import { selectionOf } from './selection.ts';
import { commandOption } from './server.ts';

const corpusFolder = join(packageFolder, 'scenarios', 'client');

/** The scenarios for clients and agents as lines of the catalogue. */
export const listClientScenarios = (): ListedScenario[] =>
  loadClientScenarios(corpusFolder).scenarios.map((file) => ({ role: playsAgent(file) ? 'agent' : 'client', id: file.id, title: file.title, covers: file.covers, profiles: [file.profile] }));

/** Runs the client suite as the options say. Throws `UsageError` if there is no driver to start. */
export async function runClient(options: Options, { configuration, folder }: LoadedConfiguration, { patienceMs, timeoutScale, transports }: RunOptions, control: RunControl): Promise<SubjectResult> {
  const typed = commandOption(options);
  const command = typed ?? configuration.client?.command;
  if (command === undefined) throw new UsageError('There must be a client to test: give --command "python my_driver.py", or a conformance.config.json with "client" (conformance init --client python writes both).');
  const requirements = loadRequirements();
  const corpus = loadClientScenarios(corpusFolder);
  const { selects } = selectionOf(options, options.command === 'all' ? undefined : (roleOption(options, ['client', 'agent']) ?? 'client'));
  return runClientSuite({
    ...control,
    command,
    cwd: typed === undefined ? folder : process.cwd(),
    corpus: { ...corpus, scenarios: corpus.scenarios.filter(selects) },
    transports: transports ?? ['websocket', 'sse'],
    jobs: countOption(options, 'jobs', 8, 1),
    patienceMs,
    firstAnswerMs: firstAnswerMs * timeoutScale,
    requirementOf: (id) => requirements.get(id),
  });
}
