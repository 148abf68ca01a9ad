import { UsageError } from '../configuration.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { Subject } from '../run/outcome.ts';
import { catalogue, type ListedScenario } from './list.ts';
import { nearest } from './nearest.ts';
import { listOption, type Options } from './options.ts';
import { oraclesOf } from './oracles.ts';
import { subjectOf, type Role } from './role.ts';

/** Which scenarios the options select, of one role or of all. */
export interface Selection {
  readonly selects: (scenario: Pick<ListedScenario, 'id'>) => boolean;
  /** The suites that run what is selected. */
  readonly subjects: ReadonlySet<Subject>;
  /** Whether an option leaves scenarios out. */
  readonly isNarrowed: boolean;
}

const isRequirement = (typed: string): boolean => /^[A-Za-z]+-\d+$/.test(typed);

const globOf = (typed: string): RegExp => new RegExp(`^${typed.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);

const matches = (typed: string, { id, covers }: ListedScenario): boolean => (isRequirement(typed) ? covers.includes(typed.toUpperCase()) : globOf(typed).test(id));

/** Core is what needs no other profile; every scenario builds on it. */
const isOfProfile = (profile: string, { profiles }: ListedScenario): boolean => (profile === 'core' ? profiles.every((each) => each === 'core') : profiles.includes(profile));

/** Reads `--only` and `--profile` for the scenarios of a role; agents' alone are fewer than a client's. Throws `UsageError` for a word that selects nothing, with the nearest that would. */
export function selectionOf(options: Options, role?: Role): Selection {
  const candidates = catalogue(role);
  const only = listOption(options, 'only');
  const profiles = listOption(options, 'profile');
  for (const typed of only ?? []) if (!candidates.some((each) => matches(typed, each))) throw new UsageError(complaintOf(typed, candidates, role));
  for (const typed of profiles ?? []) if (!candidates.some((each) => isOfProfile(typed, each))) throw new UsageError(profileComplaint(typed, candidates));
  const selected = candidates
    .filter((each) => only?.some((typed) => matches(typed, each)) ?? true)
    .filter((each) => profiles?.some((typed) => isOfProfile(typed, each)) ?? true);
  if (selected.length === 0) throw new UsageError(`No scenario is both of --only ${only?.join(',') ?? ''} and of --profile ${profiles?.join(',') ?? ''}.`);
  const ids = new Set(selected.map(({ id }) => id));
  return { selects: ({ id }) => ids.has(id), subjects: new Set(selected.map(({ role: each }) => subjectOf(each))), isNarrowed: only !== undefined || profiles !== undefined || role === 'agent' };
}

function complaintOf(typed: string, candidates: readonly ListedScenario[], role: string | undefined): string {
  const start = `--only must match a ${role === undefined ? '' : `${role} `}scenario or name a requirement that one covers: got ${typed}`;
  const other = catalogue().find((each) => matches(typed, each));
  if (other !== undefined) return `${start}, which is of the other role: conformance ${subjectOf(other.role)} --only ${typed}`;
  if (isRequirement(typed)) return `${start}${requirementHint(typed.toUpperCase())}`;
  const folders = candidates.map(({ id }) => `${id.split('/').slice(0, -1).join('/')}/*`);
  const near = nearest(typed, [...new Set([...folders, ...candidates.map(({ id }) => id)])]) ?? holding(typed, candidates);
  return `${start}${near === undefined ? '; `conformance list` names all' : `: did you mean ${near}?`}`;
}

/** The first scenario whose id holds what was typed, as where the concept was left out. */
const holding = (typed: string, candidates: readonly ListedScenario[]): string | undefined => candidates.find(({ id }) => id.includes(typed.replaceAll('*', '')))?.id;

function requirementHint(id: string): string {
  const requirements = loadRequirements();
  if (!requirements.has(id)) {
    const near = nearest(id, [...requirements.keys()]);
    return `, which is no requirement of this revision${near === undefined ? '' : `: did you mean ${near}?`}`;
  }
  const judges = oraclesOf(id);
  return judges.length === 0 ? `, which nothing checks; see \`conformance explain ${id}\`` : `, which no scenario is about: the oracle ${judges.join(' and ')} judges it in every one; leave --only out`;
}

function profileComplaint(typed: string, candidates: readonly ListedScenario[]): string {
  const names = [...new Set(candidates.flatMap(({ profiles }) => profiles))].sort();
  const near = nearest(typed, names);
  return `--profile must be of ${names.join(', ')}: got ${typed}${near === undefined ? '' : `: did you mean ${near}?`}`;
}
