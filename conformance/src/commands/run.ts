import { loadConfiguration, UsageError } from '../configuration.ts';
import { loadRequirements } from '../requirement/load.ts';
import { createProgress } from '../reporter/progress.ts';
import { renderJson } from '../reporter/json.ts';
import { renderProblem, renderSummary, renderVerdict } from '../reporter/terminal.ts';
import { writeTranscripts } from '../reporter/transcript-files.ts';
import { writeResult } from '../coverage/result-file.ts';
import type { ScenarioResult, SubjectResult } from '../run/outcome.ts';
import { exitCodeOf } from '../verdict/run-verdict.ts';
import { runClient } from './client.ts';
import { textOption, type Options } from './options.ts';
import { runServer } from './server.ts';

/** Runs the suite against a server, a client, or every subject of the configuration, reports, and says with which code to exit. */
export async function run(options: Options, print: (text: string) => void): Promise<number> {
  const loaded = loadConfiguration(textOption(options, 'config'));
  const wantsServer = options.command === 'server' || (options.command === 'all' && loaded.configuration.server !== undefined);
  const wantsClient = options.command === 'client' || (options.command === 'all' && loaded.configuration.client !== undefined);
  if (!wantsServer && !wantsClient) throw new UsageError('There must be something to test: a conformance.config.json with "server" or "client", or: conformance server --url http://localhost:8787.');
  const isJson = textOption(options, 'report') === 'json' || options.values.json === true;
  const progress = createProgress(process.stderr);
  const requirements = loadRequirements();
  const flags = ['url', 'command', 'config'].flatMap((name) => {
    const value = options.values[name === 'url' ? 'url' : name === 'command' ? 'command' : 'config'];
    return typeof value === 'string' ? [` --${name} ${value.includes(' ') ? JSON.stringify(value) : value}`] : [];
  }).join('');
  const subjects: SubjectResult[] = [];
  const show = (subject: string) => (result: ScenarioResult, done: number, total: number): void => progress.show(subject, result, done, total);
  if (wantsServer) subjects.push(await runServer(options, loaded, show('server')));
  if (wantsClient) subjects.push(await runClient(options, loaded, show('client')));
  progress.clear();

  const narrowed = textOption(options, 'only') !== undefined || textOption(options, 'transport') !== undefined;
  const requirementOf = (id: string) => requirements.get(id);
  const out = textOption(options, 'out');
  if (out !== undefined) writeTranscripts(out, subjects);
  if (!narrowed && options.command === 'all') writeResult(loaded.folder, subjects);
  if (isJson) print(renderJson(subjects, narrowed));
  else {
    for (const { subject, scenarios } of subjects) for (const result of scenarios) if (isProblem(result)) print(renderProblem(subject, result, requirementOf, flags));
    for (const subject of subjects) if (subject.refusal === undefined) print(renderSummary(subject, requirementOf));
    print(renderVerdict(subjects, narrowed));
  }
  return exitCodeOf(subjects);
}

const isProblem = ({ outcome, checks }: ScenarioResult): boolean => (outcome !== 'pass' && outcome !== 'not applicable' && outcome !== 'untested') || checks.some(({ verdict }) => verdict === 'warn');
