import { applyPatch } from './patch.ts';
import { set } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of the shared state do. */
export const stateRules: readonly Rule[] = [
  {
    id: 'FOLD-43',
    on: ['state.replaced'],
    apply(model, event) {
      set(model, event, ['state']);
      model.stateSeq = Number(event['seq']);
    },
  },
  {
    id: 'FOLD-44',
    on: ['state.patched'],
    apply(model, event) {
      const patched = applyPatch(model.state, Array.isArray(event['patch']) ? event['patch'] : []);
      if ('result' in patched) model.state = patched.result;
      model.stateSeq = Number(event['seq']);
    },
  },
];
