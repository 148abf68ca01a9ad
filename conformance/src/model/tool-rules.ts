import { pick, set, toolOf } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of tools do. */
export const toolRules: readonly Rule[] = [
  {
    id: 'FOLD-22',
    on: ['tool.started'],
    apply(model, event) {
      const tool = toolOf(model, event);
      if (tool === undefined) return;
      tool['status'] = 'running';
      set(tool, event, ['input']);
      if (Object.hasOwn(tool, 'input')) delete tool['inputText'];
      delete tool['progress'];
      delete tool['output'];
    },
  },
  {
    id: 'FOLD-23',
    on: ['tool.progress'],
    apply(model, event) {
      const tool = toolOf(model, event);
      if (tool === undefined) return;
      tool['progress'] = pick(event, ['progress', 'total', 'message']);
      set(tool, event, ['output']);
    },
  },
  {
    id: 'FOLD-24',
    on: ['tool.ended'],
    apply(model, event) {
      const tool = toolOf(model, event);
      if (tool === undefined) return;
      tool['status'] = 'ended';
      tool['ended'] = true;
      delete tool['progress'];
      delete tool['output'];
      set(tool, event, ['outcome', 'output', 'error']);
    },
  },
];
