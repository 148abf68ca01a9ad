import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import { loadCorpus } from '../scenario/load.ts';
import { listClientScenarios } from './client.ts';
import { UsageError } from '../configuration.ts';
import { textOption, type Options } from './options.ts';
import { selectionOf } from './selection.ts';

/** One line of the catalogue. */
export interface ListedScenario {
  readonly role: 'server' | 'client';
  readonly id: string;
  readonly title: string;
  readonly covers: readonly string[];
  readonly profiles: readonly string[];
}

/** Every scenario of a role, or of both. */
export function catalogue(role?: ListedScenario['role']): ListedScenario[] {
  if (role === 'client') return listClientScenarios();
  const server = loadCorpus(join(packageFolder, 'scenarios'), 'server').scenarios;
  const listed = server.map(({ id, title, covers, profiles = [] }) => ({ role: 'server' as const, id, title, covers, profiles: ['core', ...profiles] }));
  return role === 'server' ? listed : [...listed, ...listClientScenarios()];
}

/** Prints the catalogue, for people or as JSON. */
export function list(options: Options, print: (text: string) => void): number {
  const role = textOption(options, 'role');
  if (role !== undefined && role !== 'server' && role !== 'client') throw new UsageError(`--role must be server or client: got ${role}`);
  const { selects } = selectionOf(options, role);
  const selected = catalogue().filter((each) => selects(each) && (role === undefined || each.role === role));
  if (options.values.json === true) print(JSON.stringify(selected, undefined, 2));
  else for (const { role, id, title, covers } of selected) print(`${role}  ${id}\n        ${title}\n        ${covers.join(' ')}`);
  return 0;
}
