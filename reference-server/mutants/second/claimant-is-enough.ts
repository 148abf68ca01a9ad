import { judge } from '../../src/session/judge.ts';
import { startForProgram } from '../../src/start.ts';

/** Knows the holder of a client tool by its claimant alone, whoever sends it; breaks REQUEST-35. */
await startForProgram({
  judge(draft, command, sender, digest) {
    const claim = command.type === 'request.resolve' ? draft.state.requests.get(command.requestId)?.claim : undefined;
    const isIt = command.type === 'request.resolve' && claim !== undefined && claim.claimant === command.claimant;
    return judge(draft, command, isIt ? { ...sender, principal: claim.by.principal } : sender, digest);
  },
});
