import { isHolder } from '../../src/session/holding.ts';
import { judge } from '../../src/session/judge.ts';
import { refuse, rejected } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Tells a stale agent of an ended run that it is fenced, as it looks at the holder first; breaks AGENT-14. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'events.append' && command.type !== 'run.renew' && command.type !== 'run.release') return judge(draft, command, sender, digest);
    const verdict = judge(draft, command, sender, digest);
    const run = draft.state.runs.get(command.runId);
    const isOfAnother = run?.status === 'ended' && !isHolder(run, sender, command) && verdict.status === 'rejected' && verdict.refusal.code === 'run_not_active';
    return isOfAnother ? rejected(refuse('fenced', 'the run is held by another', { term: run.term })) : verdict;
  },
});
