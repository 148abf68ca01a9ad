import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Looks at who sends an append, and not at the term under which: an agent that lost its run goes on writing; breaks AGENT-15. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'events.append') return judge(draft, command, sender, digest);
    const run = draft.state.runs.get(command.runId);
    const holder = run?.holder;
    if (run === undefined || holder === undefined || run.status !== 'running' || !run.agents.includes(command.agent)) return judge(draft, command, sender, digest);
    const last = draft.state.appends.get(command.runId);
    const isStale = holder.agent !== command.agent || command.term !== run.term;
    const n = isStale ? (last?.term === run.term ? last.n : 0) + 1 : command.n;
    return judge(draft, { ...command, agent: holder.agent, term: run.term, n }, { ...sender, principal: holder.principal }, digest);
  },
});
