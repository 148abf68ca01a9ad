import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Renews a lease for whoever knows agent and term; breaks AGENT-15. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const holder = command.type === 'run.renew' ? draft.state.runs.get(command.runId)?.holder : undefined;
    return judge(draft, command, holder ? { ...sender, principal: holder.principal } : sender, digest);
  },
});
