import { hash } from 'node:crypto';
import { join } from 'node:path';
import { loadClientScenarios } from '../client-suite/load-client-scenarios.ts';
import { playsAgent } from '../client-suite/plays-agent.ts';
import { loadConfiguration } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import { loadCorpus } from '../scenario/load.ts';
import { runBenignClients } from '../selftest/benign-clients.ts';
import { isAgentMutant, runClientMutants } from '../selftest/client-mutants.ts';
import { runNullDrivers } from '../selftest/null-drivers.ts';
import { runBenignVariants, runNullZoo, sampleOf, type BenignVerdict, type NullVerdict } from '../selftest/controls.ts';
import type { MutantVerdict } from '../selftest/kill.ts';
import type { SelftestContext } from '../selftest/hunt.ts';
import { runServerMutants } from '../selftest/server-mutants.ts';
import { countOption, numberOption, textOption, type Options } from './options.ts';
import { roleOption } from './role.ts';

/** Tests the suite itself: broken peers must be killed by the rule that they break, no peers must score nothing, unusual ones must not be blamed. */
export async function selftest(options: Options, print: (text: string) => void): Promise<number> {
  const loaded = loadConfiguration(textOption(options, 'config'));
  const role = roleOption(options, ['server', 'client', 'agent']);
  const isJson = options.values.json === true;
  const requirements = loadRequirements();
  const context: SelftestContext = {
    corpus: loadCorpus(join(packageFolder, 'scenarios'), 'server'),
    requirementOf: (id) => requirements.get(id),
    // As in a run of the suite: with less, rules with timers would be untested.
    patienceMs: 1000 * numberOption(options, 'patience', 5, 0.1),
    jobs: numberOption(options, 'jobs', 6, 1),
  };
  const tell = (verdict: MutantVerdict): void => {
    if (!isJson) print(renderVerdict(verdict));
  };
  const only = textOption(options, 'only');
  const words = only?.split(',');
  const isWanted = ({ name, breaks }: { readonly name: string; readonly breaks?: string }): boolean => words?.some((word) => word === name || word === breaks) ?? true;
  const began = performance.now();
  const clients = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));
  const meant = role === 'agent' ? { ...clients, scenarios: clients.scenarios.filter(playsAgent) } : clients;
  const judge = async (wanted: typeof isWanted): Promise<MutantVerdict[]> => [
    ...(role === 'client' || role === 'agent' ? [] : await runServerMutants(loaded, wanted, context, tell)),
    ...(role === 'server' ? [] : await runClientMutants(loaded, clients, (mutant) => wanted(mutant) && (role !== 'agent' || isAgentMutant(mutant, clients)), context, tell)),
  ];
  const sample = countOption(options, 'sample', 1, 1);
  const first = await judge((mutant) => isWanted(mutant) && isInSample(mutant.name, sample));
  // What a busy machine may have left unclear is asked once more, with few beside it.
  const unclear = new Set(first.filter((verdict) => !isClean(verdict)).map(({ name }) => name));
  const second = unclear.size === 0 ? [] : await judge(({ name }) => unclear.has(name));
  const mutants = first.map((verdict) => second.find(({ name }) => name === verdict.name) ?? verdict);
  const mutantsTookMs = performance.now() - began;
  const isServer = (role === undefined || role === 'server') && loaded.configuration.server !== undefined && only === undefined;
  const isClient = role !== 'server' && loaded.configuration.client !== undefined && only === undefined;
  const zoo = [...(isServer ? await runNullZoo(context) : []), ...(isClient ? await runNullDrivers(loaded, meant, context) : [])];
  const nothing = zoo.length === 0 ? undefined : zoo;
  const varied = [
    ...(role === 'client' || role === 'agent' ? [] : await runBenignVariants(loaded, { scenarios: sampleOf(context.corpus.scenarios) }, (name) => isWanted({ name }), context)),
    // One that is named is tried with all scenarios.
    ...(role === 'server' ? [] : await runBenignClients(loaded, only === undefined ? { ...meant, scenarios: sampleOf(meant.scenarios) } : meant, (name) => isWanted({ name }), context)),
  ];
  const benign = varied.length === 0 ? undefined : varied;
  const broken = mutants.filter((verdict) => !isClean(verdict));
  if (isJson) print(JSON.stringify(summary(mutants, nothing, benign), undefined, 2));
  else printSummary(mutants, mutantsTookMs, nothing, benign, print);
  const sound = broken.length === 0 && (nothing ?? []).every(({ passed }) => passed === 0) && (benign ?? []).every(({ failed, applied }) => failed.length === 0 && applied > 0);
  if (mutants.length === 0 && nothing === undefined && benign === undefined) return 2;
  return sound ? 0 : 1;
}

/** One name in so many, by its hash: the same ones on every machine. */
const isInSample = (name: string, one: number): boolean => Number.parseInt(hash('sha256', name).slice(0, 8), 16) % one === 0;

const isClean = ({ verdict, unexpected }: MutantVerdict): boolean => verdict === 'killed' && unexpected.length === 0;

const named = (mutants: readonly MutantVerdict[]): number => mutants.filter(({ isNamedFirst }) => isNamedFirst === true).length;

const renderVerdict = ({ name, breaks, verdict, by, unexpected }: MutantVerdict): string =>
  `${verdict.padEnd(13)} ${name} (${breaks})${by.length === 0 ? '' : ` by ${by[0]}${by.length > 1 ? ` and ${by.length - 1} more` : ''}`}${unexpected.length === 0 ? '' : `; UNEXPECTED ${unexpected.join(' ')}`}`;

function summary(mutants: readonly MutantVerdict[], nothing: readonly NullVerdict[] | undefined, benign: readonly BenignVerdict[] | undefined): object {
  return {
    mutants: {
      total: mutants.length,
      killed: mutants.filter(({ verdict }) => verdict === 'killed').length,
      namedFirst: named(mutants),
      survivors: mutants.filter(({ verdict }) => verdict === 'survived' || verdict === 'missed').map(({ name }) => name),
      neverApplied: mutants.filter(({ verdict }) => verdict === 'never applied').map(({ name }) => name),
      unexpected: Object.fromEntries(mutants.filter(({ unexpected }) => unexpected.length > 0).map(({ name, unexpected }) => [name, unexpected])),
      matrix: mutants,
    },
    ...(nothing === undefined ? {} : { null: { peers: nothing.length, passed: nothing.reduce((sum, { passed }) => sum + passed, 0) } }),
    ...(benign === undefined ? {} : { benign: { variants: benign.length, failed: benign.filter(({ failed }) => failed.length > 0).length } }),
  };
}

function printSummary(mutants: readonly MutantVerdict[], tookMs: number, nothing: readonly NullVerdict[] | undefined, benign: readonly BenignVerdict[] | undefined, print: (text: string) => void): void {
  for (const { name, passed, sentence, exitCode, durationMs } of nothing ?? []) print(`null          ${name}: ${passed} passed, exit ${exitCode}, ${(durationMs / 1000).toFixed(1)} s: ${sentence.slice(0, 160)}`);
  for (const { name, failed, applied } of benign ?? []) print(`benign        ${name}: applied ${applied} times, ${failed.length === 0 ? 'nothing blamed' : `WRONGLY BLAMED ${failed.join('; ')}`}`);
  print(`mutants: ${mutants.filter(({ verdict }) => verdict === 'killed').length} of ${mutants.length} killed by the requirement they break, ${named(mutants)} named by the first failing check, in ${(tookMs / 1000).toFixed(0)} s`);
  if (nothing !== undefined) print(`null zoo: ${nothing.length} peers, ${nothing.reduce((sum, { passed }) => sum + passed, 0)} scenarios passed`);
  if (benign !== undefined) print(`benign: ${benign.length} variants, ${benign.filter(({ failed }) => failed.length > 0).length} wrongly blamed`);
}
