import { UsageError } from '../configuration.ts';
import type { Subject } from '../run/outcome.ts';
import { textOption, type Options } from './options.ts';

/** Whom a scenario is about. An agent is a client that works: the client suite runs its scenarios, and `client` means both. */
export type Role = 'server' | 'client' | 'agent';

/** The role of `--role`, one of `roles`; undefined if it was not given. Throws `UsageError` for any other. */
export function roleOption<Wanted extends Role>(options: Options, roles: readonly Wanted[]): Wanted | undefined {
  const typed = textOption(options, 'role');
  if (typed === undefined) return undefined;
  const role = roles.find((each) => each === typed);
  if (role === undefined) throw new UsageError(`--role must be ${roles.length === 1 ? '' : `${roles.slice(0, -1).join(', ')} or `}${roles.at(-1)}: got ${typed}`);
  return role;
}

/** The role of a run: `--role` of the command `client`, else that of the command; undefined of a run of everything. */
export function roleOfRun(options: Options): Role | undefined {
  if (options.command === 'all') return undefined;
  if (options.command === 'server') return 'server';
  return roleOption(options, ['client', 'agent']) ?? 'client';
}

/** Whether what is about one role is wanted by who asks for another. */
export const isOfRole = (role: Role, wanted: Role | undefined): boolean => wanted === undefined || role === wanted || (wanted === 'client' && role === 'agent');

/** The suite that runs the scenarios of a role. */
export const subjectOf = (role: Role): Subject => (role === 'agent' ? 'client' : role);
