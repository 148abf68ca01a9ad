import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Checks the name of an agent at the first claim of a run, and not at a takeover; breaks AGENT-9. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const run = command.type === 'run.claim' ? draft.state.runs.get(command.runId) : undefined;
    const name = run?.status === 'suspended' ? run.agentName : undefined;
    return judge(draft, command, name === undefined ? sender : { ...sender, name }, digest);
  },
});
