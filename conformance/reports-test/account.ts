import type { ScenarioResult } from '../src/run/outcome.ts';

/** What a mutant was shown, and what it showed: everything that ran first, and again what failed then. */
export interface Shown {
  readonly first: readonly ScenarioResult[];
  readonly again: readonly ScenarioResult[];
}

const nameOf = ({ scenario, variant }: ScenarioResult): string => `${scenario} (${variant})`;
const failures = (results: readonly ScenarioResult[]): string[] => results.flatMap((result) => (result.outcome === 'fail' ? [nameOf(result)] : []));

/** Says what an empty report leaves out, and in every report what failed once and not again: a line for each, none where there is nothing to say. Pure. */
export function accountOf({ first, again }: Shown): string[] {
  const lasting = failures(again);
  const once = failures(first).filter((name) => !lasting.includes(name));
  const unjudged = first.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'fail');
  const onlyOnce = once.length === 0 ? [] : [`Failed once, and not again: ${once.join(', ')}`];
  if (failures(first).length + lasting.length > 0) return onlyOnce;
  const folders = Map.groupBy(new Set(first.map(({ scenario }) => scenario)), (scenario) => scenario.split('/')[0] ?? scenario);
  return [
    'Nothing failed.',
    `What ran: ${[...folders].map(([folder, each]) => `${folder} ${each.length}`).join(', ') || 'nothing'}; ${first.length} runs over all transports, ${first.length - unjudged.length} of them judged.`,
    ...unjudged.map((result) => `Not judged: ${nameOf(result)}: ${result.outcome}, ${result.reason ?? 'no reason'}`),
  ];
}
