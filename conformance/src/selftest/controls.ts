import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import { runPool } from '../run/pool.ts';
import { runServerSuite } from '../run/run-server-suite.ts';
import { openTarget } from '../target/open-target.ts';
import type { LoadedConfiguration } from '../configuration.ts';
import { loadRule, runThroughProxy, type SelftestContext } from './server-mutants.ts';

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

/** What a benign variation is tried with: one scenario of every sixth is enough to read every frame of every type; a whole suite for each variant would take minutes. */
const sampleOf = (ids: readonly string[]): ReadonlySet<string> => new Set(ids.toSorted().filter((_, index) => index % 6 === 0));

/** Runs a sample of the suite against the good server through every benign variation. */
export async function runBenignVariants({ configuration, folder }: LoadedConfiguration, context: SelftestContext): Promise<BenignVerdict[]> {
  const { server } = configuration;
  if (server?.command === undefined) return [];
  const place = join(packageFolder, 'control', 'benign');
  const good = await openTarget({ kind: 'command', command: server.command, limits: server.limits ?? {}, folder }, context.patienceMs);
  const verdicts: BenignVerdict[] = [];
  const sample = sampleOf(context.corpus.scenarios.map(({ id }) => id));
  try {
    await runPool(jsonFiles(place, '.json'), 2, async (file) => {
      const { result, applied } = await runThroughProxy(loadRule(join(place, file)), good, ({ id }) => sample.has(id), context);
      const failed = result.scenarios.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not applicable' && outcome !== 'untested').map(({ scenario, variant, reason = '', checks }) => `${scenario} (${variant}) ${checks.filter(({ verdict }) => verdict === 'fail').flatMap(({ cites }) => cites).join(' ')} ${reason}`.slice(0, 300));
      verdicts.push({ name: file.replace(/\.json$/, ''), failed: result.refusal === undefined ? failed : [result.refusal.sentence], applied });
    });
  } finally {
    await good.close();
  }
  return verdicts.sort((left, right) => left.name.localeCompare(right.name));
}
