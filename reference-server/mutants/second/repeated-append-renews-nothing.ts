import { judge } from '../../src/session/judge.ts';
import { Timers } from '../../src/session/timers.ts';
import { startForProgram } from '../../src/start.ts';

let isRepeat = false;
const renewRun = Timers.prototype.renewRun;
Timers.prototype.renewRun = function (...renewal) {
  if (!isRepeat) renewRun.apply(this, renewal);
};

/** Answers the repeat of an append before it comes to the lease; breaks LEASE-1. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const verdict = judge(draft, command, sender, digest);
    isRepeat = command.type === 'events.append' && draft.events.length === 0;
    return verdict;
  },
});
