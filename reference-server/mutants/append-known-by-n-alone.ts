import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Takes any append with the last number for its repeat, whatever it holds; breaks APPEND-5. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const last = command.type === 'events.append' ? draft.state.appends.get(command.runId) : undefined;
    return judge(draft, command, sender, command.type === 'events.append' && last?.n === command.n && last.term === command.term ? last.digest : digest);
  },
});
