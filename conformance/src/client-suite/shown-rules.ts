import { foldLog, rulesOf } from '../model/fold.ts';
import { sameJson, type Json, type JsonFields } from '../scenario/json.ts';

/** A rule of the fold that a client's state shows to be kept, or broken. */
export interface ShownRule {
  readonly id: string;
  readonly isKept: boolean;
  /** The type of event that it is about. */
  readonly type: string;
}

/**
 * Says which rules of the fold a state shows, beside those that are known.
 *
 * A rule is shown where the state would be another without it: it is kept if the state is right, and broken if the
 * state is exactly the one without the rule. A difference that no single rule explains is left to the comparison.
 */
export function shownRules(seen: readonly JsonFields[], state: Json, known: ReadonlySet<string>): readonly ShownRule[] {
  const wanted = foldLog(seen);
  const isRight = sameJson(wanted, state);
  const types = [...new Set(seen.map(({ type }) => String(type)))];
  const ids = new Map(types.flatMap((type) => rulesOf(type).map((id) => [id, type] as const)));
  return [...ids].flatMap(([id, type]): ShownRule[] => {
    if (isRight && known.has(id)) return [];
    const without = foldLog(seen, id);
    return sameJson(without, wanted) || (!isRight && !sameJson(without, state)) ? [] : [{ id, isKept: isRight, type }];
  });
}
