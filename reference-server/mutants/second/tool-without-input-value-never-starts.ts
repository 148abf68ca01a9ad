import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Takes a tool whose input is null, false, 0 or "" as one without input; breaks APPEND-36. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const index = command.type !== 'events.append' ? -1 : command.events.findIndex((event) => {
      const tool = event.type === 'tool.started' && 'partId' in event ? draft.state.parts.get(String(event.partId))?.tool : undefined;
      return tool?.status === 'ready' && 'input' in tool && !tool.input;
    });
    return index >= 0 ? rejected(refuse('invalid_transition', 'the tool must have an input', { index })) : judge(draft, command, sender, digest);
  },
});
