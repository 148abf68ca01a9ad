import type { Requirement } from '../requirement/requirement.ts';
import type { SubjectResult } from '../run/outcome.ts';

/** What a run says of one requirement. */
export type RequirementStatus = 'fail' | 'expected failure' | 'warn' | 'info' | 'pass' | 'inconclusive' | 'untested' | 'not applicable' | 'not checked';

/** Every status, the gravest first. */
export const requirementStatuses: readonly RequirementStatus[] = ['fail', 'expected failure', 'warn', 'info', 'inconclusive', 'untested', 'pass', 'not applicable', 'not checked'];

/** One row of the table of requirements. */
export interface JudgedRequirement {
  readonly requirement: Requirement;
  readonly status: RequirementStatus;
  /** How many checks cited it. */
  readonly checks: number;
}

/** What a run says of each requirement that binds one of its subjects, in the order of the pages; pure. */
export function judgeRequirements(requirements: ReadonlyMap<string, Requirement>, subjects: readonly SubjectResult[]): JudgedRequirement[] {
  const scenarios = subjects.flatMap((subject) => subject.scenarios);
  const found = new Map<string, RequirementStatus[]>();
  const add = (id: string, status: RequirementStatus): void => void found.set(id, [...(found.get(id) ?? []).filter((each) => each !== status), status]);
  const counts = new Map<string, number>();
  for (const { covers, outcome, checks } of scenarios) {
    for (const { cites, verdict, excused } of checks) {
      for (const id of cites) {
        counts.set(id, (counts.get(id) ?? 0) + 1);
        add(id, verdict === 'fail' && excused !== undefined ? 'expected failure' : verdict);
      }
    }
    if (outcome === 'inconclusive' || outcome === 'untested' || outcome === 'not applicable') for (const id of covers) add(id, outcome);
  }
  const claimed = new Set(subjects.flatMap(({ profiles }) => profiles));
  return [...requirements.values()].filter((each) => counts.has(each.id) || binds(each, subjects)).map((requirement) => {
    const statuses = found.get(requirement.id) ?? [];
    // A rule that one scenario showed is not less shown because another could not be run.
    const shown = (['fail', 'expected failure', 'warn', 'info', 'pass', 'inconclusive', 'untested'] as const).find((status) => statuses.includes(status));
    const unseen = statuses.includes('not applicable') || (claimed.size > 0 && !claimed.has(requirement.profile)) ? 'not applicable' : 'not checked';
    return { requirement, status: shown ?? unseen, checks: counts.get(requirement.id) ?? 0 };
  });
}

const binds = ({ role }: Requirement, subjects: readonly SubjectResult[]): boolean => subjects.some(({ subject }) => role === 'both' || role === subject || (role === 'agent' && subject === 'client'));
