import { UsageError } from '../configuration.ts';
import { loadRequirements } from '../requirement/load.ts';
import { loadExclusions } from './coverage.ts';
import { catalogue } from './list.ts';
import { nearest } from './nearest.ts';
import type { Options } from './options.ts';
import { oraclesOf } from './oracles.ts';

/** Prints a requirement in full, with everything that checks it. */
export function explain({ words }: Options, print: (text: string) => void): number {
  const [id = ''] = words;
  const requirements = loadRequirements();
  const requirement = requirements.get(id.toUpperCase());
  if (requirement === undefined) {
    const near = nearest(id.toUpperCase(), [...requirements.keys()]);
    throw new UsageError(`explain must be given the id of a requirement${near === undefined ? '' : `: did you mean ${near}?`}${id === '' ? ', such as RESUME-1' : ''}`);
  }
  print(`${requirement.id}  ${requirement.level}, of the ${requirement.role === 'both' ? 'sender or receiver' : requirement.role}, profile ${requirement.profile}`);
  print(`  ${requirement.sentence}`);
  print(`  spec/v1/${requirement.page}`);
  const scenarios = catalogue().filter(({ covers }) => covers.includes(requirement.id));
  for (const { role, id: scenario, title } of scenarios) print(`  ${role} scenario ${scenario}: ${title}`);
  for (const name of oraclesOf(requirement.id)) print(`  oracle ${name}, over every transcript`);
  const exclusion = loadExclusions().find((each) => each.id === requirement.id);
  if (exclusion !== undefined) print(`  excluded: ${exclusion.reason}`);
  return 0;
}
