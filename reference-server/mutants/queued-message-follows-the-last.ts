import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';
import { editEvents } from './edit-events.ts';

/** Gives a message of a person the parent of the leaf, so that it stands beside what it answers; breaks MESSAGE-24. */
await startForProgram({
  judge: (draft, command, sender, digest) =>
    judge(editEvents(draft, (body) => (body.type === 'message.created' && body.delivery === 'queue' ? { ...body, parentId: draft.state.runs.get(draft.state.facts.activeRunId ?? '')?.messageId ?? body.parentId ?? body.messageId } : body)), command, sender, digest),
});
