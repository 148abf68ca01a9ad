import type { Requirement } from '../requirement/requirement.ts';
import type { Check, CheckVerdict, Finding } from './check.ts';

/** Turns a finding into a check: a broken MUST fails, a broken SHOULD warns, a MAY only reports. The level is read from the specification. */
export function judgeFinding({ held, ...finding }: Finding, requirementOf: (id: string) => Requirement | undefined): Check {
  return { ...finding, verdict: held ? 'pass' : verdictOfBreak(finding.cites, requirementOf) };
}

function verdictOfBreak(cites: readonly string[], requirementOf: (id: string) => Requirement | undefined): CheckVerdict {
  const levels = cites.map((id) => requirementOf(id)?.level);
  if (levels.includes('MUST')) return 'fail';
  return levels.includes('SHOULD') ? 'warn' : 'info';
}
