import { editEvents } from '../edit-events.ts';
import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes any option of a request, also one of the other outcome; breaks REQUEST-14. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'request.resolve') return judge(draft, command, sender, digest);
    const options = draft.state.requests.get(command.requestId)?.opened.options ?? [];
    const suits = options.find(({ outcome }) => outcome === command.outcome)?.optionId;
    const { optionId } = command;
    if (optionId === undefined || suits === undefined || !options.some((each) => each.optionId === optionId)) return judge(draft, command, sender, digest);
    return judge(editEvents(draft, (body) => (body.type === 'request.resolved' ? { ...body, optionId } : body)), { ...command, optionId: suits }, sender, digest);
  },
});
