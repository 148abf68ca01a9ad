import type { Draft, EventBody } from '../src/session/draft.ts';

/** Has a draft add what `edit` makes of each of the server's own events; nothing, where that is undefined. */
export function editEvents(draft: Draft, edit: (body: EventBody) => EventBody | undefined): Draft {
  const add = draft.add.bind(draft);
  draft.add = (body) => {
    const edited = edit(body);
    if (edited) add(edited);
  };
  return draft;
}
