import type { JsonFields } from '../scenario/json.ts';
import { endingRules } from './ending-rules.ts';
import { messageRules } from './message-rules.ts';
import { createModel, type Model } from './model.ts';
import { partRules } from './part-rules.ts';
import { requestRules } from './request-rules.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';
import { sessionRules } from './session-rules.ts';
import { stateRules } from './state-rules.ts';
import { stepRules } from './step-rules.ts';
import { toolRules } from './tool-rules.ts';

/**
 * The suite's own fold: spec/v1/fold.md rule by rule, as plainly as it can be said.
 *
 * It shares nothing with the fold of the schemas, which servers and clients may be built on: a fault that both had
 * would be seen by nobody. Rules of one event type stand in the order in which they apply.
 */
export const rules: readonly Rule[] = [...sessionRules, ...messageRules, ...partRules, ...toolRules, ...runRules, ...endingRules, ...stepRules, ...requestRules, ...stateRules];

const byType = Map.groupBy(rules.flatMap((rule) => rule.on.map((type) => ({ type, rule }))), ({ type }) => type);

/** The ids of the rules that say something about an event of that type. */
export const rulesOf = (type: unknown): readonly string[] => (byType.get(String(type)) ?? []).map(({ rule }) => rule.id);

/** Does to a model what an event does, but for one rule, if that is named. */
export function applyEvent(model: Model, event: JsonFields, without?: string): void {
  for (const { rule } of byType.get(String(event['type'])) ?? []) if (rule.id !== without) rule.apply(model, event);
}

/** Folds events from the empty state, in the order that they have; `without` leaves out one rule, which shows what that rule did. */
export function foldLog(events: Iterable<JsonFields>, without?: string): Model {
  const model = createModel();
  for (const event of events) applyEvent(model, event, without);
  return model;
}
