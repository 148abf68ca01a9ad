import type { Level, Requirement, RequirementRole } from '../requirement/requirement.ts';
import type { ResultFile } from './result-file.ts';

/** A rule that no check can observe, and why. */
export interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

/** How many of the rules of one strength can be observed, and of how many a check ran. */
interface Count {
  readonly observable: number;
  readonly covered: number;
}

/** How much of the specification is observed by checks that ran. */
export interface Coverage {
  readonly must: Count;
  readonly should: Count;
  readonly excluded: readonly Exclusion[];
  /** Observable MUSTs that no check was emitted for. */
  readonly uncovered: readonly string[];
}

/** How much of what binds one role is observed by checks of its own side. */
export interface RoleCoverage extends Pick<Coverage, 'must' | 'should' | 'uncovered'> {}

/** Whom rules bind. */
type BoundRole = Exclude<RequirementRole, 'both'>;

/**
 * Compares the rules of each role with the checks that its own side of the last full run emitted.
 *
 * A rule of "a sender" or "a receiver" binds servers and clients, and needs a check of each: what shows that the one keeps it says nothing of the other. Agents are tested by the client suite.
 */
export function coverageByRole(requirements: readonly Requirement[], exclusions: readonly Exclusion[], { emitted, ...result }: ResultFile): { readonly [role in BoundRole]: RoleCoverage } {
  const of = (role: BoundRole): RoleCoverage => {
    const side = role === 'server' ? 'server' : 'client';
    const bound = requirements.filter((each) => each.role === role || (each.role === 'both' && role !== 'agent'));
    const { must, should, uncovered } = coverageOf(bound, exclusions, { ...result, emitted: emitted.filter(({ subject }) => subject === side) });
    return { must, should, uncovered };
  };
  return { server: of('server'), client: of('client'), agent: of('agent') };
}

/** Compares the rules with the checks that the last full run emitted; a check that was never emitted does not count. */
export function coverageOf(requirements: readonly Requirement[], exclusions: readonly Exclusion[], result: ResultFile): Coverage {
  const emitted = new Set(result.emitted.map(({ id }) => id));
  const excluded = new Map(exclusions.map(({ id, reason }) => [id, reason]));
  const observable = (level: Level): Requirement[] => requirements.filter((requirement) => requirement.level === level && !excluded.has(requirement.id));
  const count = (level: Level): Count => ({ observable: observable(level).length, covered: observable(level).filter(({ id }) => emitted.has(id)).length });
  return {
    must: count('MUST'),
    should: count('SHOULD'),
    excluded: exclusions,
    uncovered: observable('MUST').map(({ id }) => id).filter((id) => !emitted.has(id)),
  };
}
