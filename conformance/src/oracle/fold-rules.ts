import { foldLog, rules, rulesOf } from '../model/fold.ts';
import { sameJson, type JsonFields } from '../scenario/json.ts';
import type { Finding } from '../verdict/check.ts';
import { finding } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import { snapshotsOf, type LogPlace, type SnapshotView } from './snapshot-view.ts';

/**
 * A server's snapshots say what it takes the fold to be. A rule of the fold is shown where the state at a snapshot
 * would be another without that rule: it holds if the snapshot has the state with it, and is broken if the snapshot
 * has exactly the state without it. A difference that no single rule explains is left to the oracle of snapshots.
 */
export const foldRules: Oracle = {
  name: 'fold-rules',
  cites: ['FOLD-4', ...new Set(rules.map(({ id }) => id))],
  judge(transcript) {
    const shown = new Set<string>();
    const views = snapshotsOf(transcript).sort((left, right) => right.seq - left.seq);
    return views.flatMap((view) => {
      const log = view.upTo(view.seq);
      return log === undefined ? [] : judgeSnapshot(view, log, shown);
    });
  },
};

function judgeSnapshot(view: SnapshotView, log: readonly LogPlace[], shown: Set<string>): Finding[] {
  const events = log.map(({ event }) => event);
  const state = foldLog(events);
  const actual = foldLog(view.events);
  const isRight = sameJson(state, actual);
  const types = new Map(log.map(({ event, entry }) => [String(event['type']), entry]));
  const found = [...types].flatMap(([type, entry]) => rulesOf(type).flatMap((id): Finding[] => {
    if (isRight && shown.has(id)) return [];
    const without = foldLog(events, id);
    if (sameJson(without, state) || (!isRight && !sameJson(without, actual))) return [];
    shown.add(id);
    return [finding([id], isRight, [view.last, entry], `at seq ${view.seq} the state that ${type} gives`, isRight ? undefined : 'the state without this effect')];
  }));
  return isRight ? [...found, ...withoutEffect(view, log, shown)] : found;
}

/** That the server, too, takes an event of the kinds that change nothing for one: it leaves it out. */
function withoutEffect({ events, last }: SnapshotView, log: readonly LogPlace[], shown: Set<string>): Finding[] {
  const kept = new Set(events.map(({ seq }) => seq));
  const left = log.find(({ event }) => isIdle(event) && !kept.has(event['seq'] ?? null));
  if (left === undefined || shown.has('FOLD-4')) return [];
  shown.add('FOLD-4');
  return [finding(['FOLD-4'], true, [last, left.entry], `the same state without ${String(left.event['type'])}`)];
}

const isIdle = ({ type }: JsonFields): boolean => type === 'notice' || String(type).startsWith('x.');
