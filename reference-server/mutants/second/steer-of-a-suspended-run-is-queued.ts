import { judge } from '../../src/session/judge.ts';
import { activeRun } from '../../src/session/queue.ts';
import { startForProgram } from '../../src/start.ts';

/** Queues a steer of a suspended run, where it is to wait for the next agent; breaks STEER-1. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const isSteer = command.type === 'message.send' && command.runId !== undefined && command.ifBusy === 'steer';
    return judge(draft, isSteer && activeRun(draft.state)?.status === 'suspended' ? { ...command, ifBusy: 'queue' } : command, sender, digest);
  },
});
