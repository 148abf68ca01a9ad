import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration, type Mutant } from '../src/configuration.ts';
import { packageFolder } from '../src/package-folder.ts';
import { loadConsequences } from '../src/reporter/consequences.ts';
import { concludeRun } from '../src/reporter/reported-run.ts';
import { renderProblems } from '../src/reporter/terminal.ts';
import { loadRequirements } from '../src/requirement/load.ts';
import { runPool } from '../src/run/pool.ts';
import { loadCorpus } from '../src/scenario/load.ts';
import type { Seen, SelftestContext } from '../src/selftest/hunt.ts';
import { loadMutants } from '../src/selftest/load-mutants.ts';
import { createBench, type Bench } from '../src/selftest/server-mutants.ts';
import { accountOf } from './account.ts';
import { pickMutants } from './pick-mutants.ts';
import { showMutant } from './show-mutant.ts';

/** How many mutants run beside each other: most wait for what a broken server does not send. */
const mutantsAtATime = 3;

/** Runs 20 mutants, picked by a commit's hash, against the scenarios, and writes what the terminal would say of each, with nothing that names it. */
const folder = join(import.meta.dirname, '..', '..');
const hash = process.argv[2] ?? execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
/** Numbers of reports to write again; all of them if there are none. */
const only = process.argv.slice(3);
const loaded = loadConfiguration(join(folder, 'conformance.config.json'));
const requirements = loadRequirements();
const context: SelftestContext = { corpus: loadCorpus(join(packageFolder, 'scenarios'), 'server'), requirementOf: (id) => requirements.get(id), patienceMs: 5000, jobs: 8 };

function report(seen: Seen): string {
  // What a broken peer keeps from being judged is not what a reader is asked to name.
  const judged = seen.scenarios.filter(({ outcome }) => outcome === 'fail' || outcome === 'pass');
  const scenarios = judged.toSorted((left, right) => `${left.scenario} ${left.variant}`.localeCompare(`${right.scenario} ${right.variant}`, 'en'));
  const run = concludeRun({
    subjects: [{ subject: 'server', target: '', profiles: [], transports: [], scenarios, durationMs: 0 }],
    stale: [], narrowed: false, requirements, consequenceOf: loadConsequences(), suite: { version: '', digest: '' }, specification: { revision: 'v1', digest: '' },
    commandLine: '', flags: ' --url http://localhost:8787', options: {}, startedAt: '',
  });
  return seen.refusal ?? renderProblems(run);
}

const place = join(import.meta.dirname, hash.slice(0, 8));
mkdirSync(place, { recursive: true });
const picked = pickMutants(loadMutants(loaded.configuration.server?.mutants ?? [], loaded.folder), hash);
const bench = createBench(loaded, context.patienceMs);
if (bench === undefined) throw new Error('conformance.config.json must have a server that a command starts');
try {
  const numbered = picked.map((mutant, index) => ({ mutant, number: String(index + 1).padStart(2, '0') }));
  await runPool(numbered.filter(({ number }) => only.length === 0 || only.includes(number)), mutantsAtATime, ({ number, mutant }) => write(number, mutant, bench));
} finally {
  await bench.good.close();
}
writeFileSync(join(place, 'truths.json'), `[\n${picked.map(({ name, breaks, truth }, index) => `  ${JSON.stringify({ report: String(index + 1).padStart(2, '0'), mutant: name, breaks, truth })}`).join(',\n')}\n]\n`);

async function write(number: string, mutant: Mutant, on: Bench): Promise<void> {
  const began = performance.now();
  const { seen, shown } = await showMutant(mutant, hash, on, context);
  const text = [report(seen).trimEnd(), ...(seen.refusal === undefined ? accountOf(shown) : [])].join('\n').trim();
  if (text.includes(mutant.name)) throw new Error(`report ${number} names its mutant`);
  writeFileSync(join(place, `${number}.txt`), `${text}\n`);
  console.log(`${number} ${Math.round((performance.now() - began) / 1000)} s, ${seen.scenarios.filter(({ outcome }) => outcome === 'fail').length} failed`);
}
