import type { Level, Requirement } from '../requirement/requirement.ts';
import type { ResultFile } from './result-file.ts';

/** A rule that no check can observe, and why. */
export interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

/** How much of the specification is observed by checks that ran. */
export interface Coverage {
  readonly must: { readonly observable: number; readonly covered: number };
  readonly should: { readonly observable: number; readonly covered: number };
  readonly excluded: readonly Exclusion[];
  /** Observable MUSTs that no check was emitted for. */
  readonly uncovered: readonly string[];
}

/** Compares the rules with the checks that the last full run emitted; a check that was never emitted does not count. */
export function coverageOf(requirements: readonly Requirement[], exclusions: readonly Exclusion[], result: ResultFile): Coverage {
  const emitted = new Set(result.emitted.map(({ id }) => id));
  const excluded = new Map(exclusions.map(({ id, reason }) => [id, reason]));
  const observable = (level: Level): Requirement[] => requirements.filter((requirement) => requirement.level === level && !excluded.has(requirement.id));
  const count = (level: Level): { observable: number; covered: number } => ({ observable: observable(level).length, covered: observable(level).filter(({ id }) => emitted.has(id)).length });
  return {
    must: count('MUST'),
    should: count('SHOULD'),
    excluded: exclusions,
    uncovered: observable('MUST').map(({ id }) => id).filter((id) => !emitted.has(id)),
  };
}
