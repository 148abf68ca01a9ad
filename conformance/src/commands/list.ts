import { join } from 'node:path';
import { packageFolder } from '../package-folder.ts';
import { loadCorpus } from '../scenario/load.ts';
import { listClientScenarios } from './client.ts';
import type { Options } from './options.ts';
import { isOfRole, roleOption, type Role } from './role.ts';
import { selectionOf } from './selection.ts';

/** One line of the catalogue. */
export interface ListedScenario {
  readonly role: Role;
  readonly id: string;
  readonly title: string;
  readonly covers: readonly string[];
  readonly profiles: readonly string[];
}

/** Every scenario of a role, or of all. */
export function catalogue(role?: Role): ListedScenario[] {
  if (role === 'client' || role === 'agent') return listClientScenarios().filter((each) => isOfRole(each.role, role));
  const server = loadCorpus(join(packageFolder, 'scenarios'), 'server').scenarios;
  const listed = server.map(({ id, title, covers, profiles = [] }) => ({ role: 'server' as const, id, title, covers, profiles: ['core', ...profiles] }));
  return role === 'server' ? listed : [...listed, ...listClientScenarios()];
}

/** Prints the catalogue, for people or as JSON. */
export function list(options: Options, print: (text: string) => void): number {
  const role = roleOption(options, ['server', 'client', 'agent']);
  const { selects } = selectionOf(options, role);
  const selected = catalogue(role).filter(selects);
  if (options.values.json === true) print(JSON.stringify(selected, undefined, 2));
  else for (const { role, id, title, covers } of selected) print(`${role}  ${id}\n        ${title}\n        ${covers.join(' ')}`);
  return 0;
}
