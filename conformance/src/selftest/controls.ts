import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import type { ScenarioResult } from '../run/outcome.ts';
import { runPool } from '../run/pool.ts';
import { runServerSuite } from '../run/run-server-suite.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { cheapFirst, hunt, type Hunt, type SelftestContext } from './hunt.ts';
import { failuresOf } from './kill.ts';
import { loadBenignServers, loadRule } from './load-mutants.ts';
import { createBench } from './server-mutants.ts';
import { createCommandStand, createProxyStand } from './stand.ts';

/** What the peers that are no peers scored: nothing, if the suite is sound. */
export interface NullVerdict {
  readonly name: string;
  readonly passed: number;
  /** The sentence that the suite said, and the exit code that it means. */
  readonly sentence: string;
  readonly exitCode: number;
  readonly durationMs: number;
}

const jsonFiles = (folder: string, end: string): string[] => readdirSync(folder).filter((file) => file.endsWith(end)).sort();

/** Nobody answers late here; a good server answers in milliseconds. */
const nullPatienceMs = 500;

/** Runs the whole suite against everything that is no server. */
export async function runNullZoo(context: SelftestContext): Promise<NullVerdict[]> {
  const folder = join(packageFolder, 'control', 'null');
  const verdicts: NullVerdict[] = [];
  await runPool(jsonFiles(folder, '.ts').filter((file) => file !== 'announce.ts'), 4, async (file) => {
    const command = ['node', '--conditions=source', join(folder, file)];
    const { scenarios, refusal, durationMs } = await runServerSuite({ ...context, patienceMs: nullPatienceMs, jobs: 32, source: { kind: 'command', command, limits: {}, folder: packageFolder }, select: () => true, onResult: () => undefined });
    verdicts.push({ name: file.replace(/\.ts$/, ''), passed: scenarios.filter(({ outcome }) => outcome === 'pass').length, sentence: refusal?.sentence ?? 'it was judged', exitCode: refusal?.exitCode ?? 1, durationMs });
  });
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
}

/** What a legal but unusual peer was blamed for: nothing, if the suite is sound. */
export interface BenignVerdict {
  readonly name: string;
  readonly failed: readonly string[];
  readonly applied: number;
}

/** What CI tries each benign variation with: one scenario of every sixth is enough to read every frame of every type. */
export const sampleOf = <Each extends Pick<Scenario, 'id'>>(scenarios: readonly Each[]): Each[] => scenarios.toSorted((left, right) => left.id.localeCompare(right.id)).filter((_, index) => index % 6 === 0);

/** Whether a scenario has a peer that stops reading: a proxy reads on in its place, so that the server behind it is not the one that is judged. */
const stopsReading = ({ steps }: Scenario): boolean => JSON.stringify(steps).includes('"stall":');

/** Runs scenarios against the good server through every benign variation. */
export async function runBenignVariants(loaded: LoadedConfiguration, plan: Pick<Hunt, 'variantsOf' | 'scenarios'>, isWanted: (name: string) => boolean, context: SelftestContext): Promise<BenignVerdict[]> {
  const bench = createBench(loaded, context.patienceMs);
  if (bench === undefined) return [];
  const place = join(packageFolder, 'control', 'benign');
  const verdicts: BenignVerdict[] = [];
  try {
    const varied = [
      ...jsonFiles(place, '.json').map((file) => ({ name: file.replace(/\.json$/, ''), isFit: (scenario: Scenario) => !stopsReading(scenario), open: () => createProxyStand(bench.good, loadRule(join(place, file)), context.patienceMs) })),
      ...loadBenignServers(loaded.configuration.server?.benign ?? [], loaded.folder).map(({ name, command, limits }) => ({ name, isFit: () => true, open: () => createCommandStand(bench.sourceOf(command, limits), context.patienceMs) })),
    ].filter(({ name }) => isWanted(name));
    await runPool(varied, 2, async ({ name, isFit, open }) => {
      const stand = open();
      const scenarios = plan.scenarios.filter(isFit);
      try {
        const first = await hunt(stand, { ...plan, scenarios: cheapFirst(scenarios) }, context);
        // What a busy machine left unclear is asked once more, alone.
        const unclear = new Set(first.scenarios.filter(isUnclear).map(({ scenario }) => scenario));
        const again = unclear.size === 0 ? { scenarios: [] } : await hunt(stand, { ...plan, scenarios: scenarios.filter(({ id }) => unclear.has(id)) }, { ...context, jobs: 1 });
        const results = [...first.scenarios.filter(({ scenario }) => !unclear.has(scenario)), ...again.scenarios];
        const refusal = first.refusal ?? again.refusal;
        // A server of another kind is applied in every scenario that it served.
        verdicts.push({ name, failed: refusal === undefined ? results.filter(isBlame).map(sentenceOf) : [refusal], applied: stand.applied ?? results.length });
      } finally {
        await stand.close();
      }
    });
  } finally {
    await bench.good.close();
  }
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
}

const isUnclear = ({ outcome }: ScenarioResult): boolean => outcome === 'inconclusive';
/** Whether a good peer was blamed, or could not be judged. */
export const isBlame = ({ outcome }: ScenarioResult): boolean => outcome !== 'pass' && outcome !== 'not applicable' && outcome !== 'untested';
/** What a good peer was blamed for. */
export const sentenceOf = (result: ScenarioResult): string => `${result.scenario} (${result.variant}) ${failuresOf(result).flatMap(({ cites }) => cites).join(' ')} ${result.reason ?? ''}`.slice(0, 300);
