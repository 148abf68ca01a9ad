import type { JsonFields } from '../scenario/json.ts';
import type { Model } from './model.ts';

/** One rule of the specification's fold: what an event of these types does to a model. It changes the model, and never the event or a value of it. */
export interface Rule {
  readonly id: string;
  readonly on: readonly string[];
  apply(model: Model, event: JsonFields): void;
}
