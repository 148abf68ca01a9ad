import { judge } from '../src/session/judge.ts';
import { startForProgram } from '../src/start.ts';

/** Takes all devices of one person for the holder of a client tool, so that two of them run it; breaks REQUEST-32. */
await startForProgram({
  judge(draft, command, sender, digest) {
    if (command.type !== 'request.claim' && command.type !== 'request.release' && command.type !== 'request.resolve') return judge(draft, command, sender, digest);
    const claim = draft.state.requests.get(command.requestId)?.claim;
    return judge(draft, claim?.by.principal === sender.principal ? { ...command, claimant: claim.claimant } : command, sender, digest);
  },
});
