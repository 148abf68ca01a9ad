import type { Requirement } from '../requirement/requirement.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Check, CheckVerdict, Finding } from './check.ts';

/** Turns a finding into a check: a broken MUST fails, a broken SHOULD warns, a MAY only reports. The level is read from the specification. Throws `ScenarioError` for an id that is not in it: such a check would blame nobody. */
export function judgeFinding({ held, ...finding }: Finding, requirementOf: (id: string) => Requirement | undefined): Check {
  const levels = finding.cites.map((id) => {
    const requirement = requirementOf(id);
    if (requirement === undefined) throw new ScenarioError(`${finding.source} must cite requirements of the specification: got ${id}`);
    return requirement.level;
  });
  return { ...finding, verdict: held ? 'pass' : verdictOfBreak(levels) };
}

function verdictOfBreak(levels: readonly string[]): CheckVerdict {
  if (levels.includes('MUST')) return 'fail';
  return levels.includes('SHOULD') ? 'warn' : 'info';
}
