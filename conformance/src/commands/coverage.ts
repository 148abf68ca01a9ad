import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { loadConfiguration, UsageError } from '../configuration.ts';
import { coverageByRole, coverageOf, type Exclusion } from '../coverage/coverage.ts';
import { readResult, suiteDigest } from '../coverage/result-file.ts';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import { textOption, type Options } from './options.ts';

const exclusionSchema = Compile(Type.Array(Type.Object({ id: Type.String(), reason: Type.String({ minLength: 10 }) })));

/** The rules that cannot be observed, with their reasons. */
export function loadExclusions(): readonly Exclusion[] {
  const path = join(packageFolder, 'exclusions.json');
  if (!existsSync(path)) return [];
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!exclusionSchema.Check(value)) throw new Error('exclusions.json must be a list of {id, reason}');
  return value;
}

/** Says which rules are covered by checks that ran in the last full run, and by which. */
export function coverage(options: Options, print: (text: string) => void): number {
  const { folder } = loadConfiguration(textOption(options, 'config'));
  const result = readResult(folder);
  if (result === undefined) throw new UsageError('There must be the result of a full run: run `npx @durable-session/conformance` (or npm run conformance) first.');
  const requirements = [...loadRequirements().values()];
  const exclusions = loadExclusions();
  const found = coverageOf(requirements, exclusions, result);
  const roles = coverageByRole(requirements, exclusions, result);
  const isStale = result.digest !== suiteDigest();
  if (options.values.json === true) {
    print(JSON.stringify({ ...found, roles, ...(isStale ? { stale: true } : {}) }, undefined, 2));
    return 0;
  }
  if (isStale) print('The last full run is older than the scenarios or the specification: run it again.');
  const checksOf = new Map(result.emitted.map(({ id, checks }) => [id, checks]));
  for (const { id, level } of requirements) {
    const checks = checksOf.get(id);
    if (checks !== undefined) print(`${id.padEnd(16)} ${level.padEnd(6)} ${checks.slice(0, 3).join(', ')}${checks.length > 3 ? ` and ${checks.length - 3} more` : ''}`);
  }
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : `${Math.floor((100 * part) / whole)} %`);
  for (const [role, { must, uncovered }] of Object.entries(roles)) print(`${role.padEnd(7)} MUST ${must.covered} of ${must.observable} observable by checks of its own side${uncovered.length === 0 ? '' : `; not: ${uncovered.join(' ')}`}`);
  print(`uncovered: ${found.uncovered.join(' ')}`);
  print(`MUST ${found.must.covered} of ${found.must.observable} observable (${share(found.must.covered, found.must.observable)}), ${found.excluded.length} excluded; SHOULD ${found.should.covered} of ${found.should.observable}`);
  return 0;
}
