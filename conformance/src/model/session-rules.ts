import { mergeMetadata, set } from './model.ts';
import type { Rule } from './rule.ts';

/** What the events of the session itself do. */
export const sessionRules: readonly Rule[] = [
  {
    id: 'FOLD-9',
    on: ['session.created'],
    apply: ({ session }, event) => set(session, event, ['by', 'at', 'title', 'metadata']),
  },
  {
    id: 'FOLD-10',
    on: ['session.updated'],
    apply({ session }, event) {
      set(session, event, ['title', 'leafId']);
      if (event['title'] === null) delete session['title'];
      mergeMetadata(session, event);
    },
  },
  {
    id: 'FOLD-11',
    on: ['session.closed'],
    apply({ session }) {
      session['closed'] = true;
    },
  },
];
