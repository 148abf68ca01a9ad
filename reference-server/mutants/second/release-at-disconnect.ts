import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit, type Submission } from './around-submit.ts';

const claims: Submission[] = [];
aroundSubmit((submission, submit) => {
  if (submission.command.type === 'request.claim') claims.push(submission);
  submit();
});

/** Releases the client tools of a principal when its connection ends; breaks REQUEST-40. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const result = attach(parts, ask, credential, sink);
    if (!('connection' in result)) return result;
    const { id, live } = result.connection;
    const leave = live.participants.leave.bind(live.participants);
    live.participants.leave = (connection) => {
      leave(connection);
      if (connection !== id) return;
      for (const { hub, command, credential: { principal } } of claims.filter((each) => each.live === live && each.credential.principal === credential.principal)) {
        const claim = command.type === 'request.claim' ? live.state.requests.get(command.requestId)?.claim : undefined;
        if (!claim || command.type !== 'request.claim' || claim.by.principal !== principal) continue;
        const draft = hub.draft(live, { by: claim.by });
        draft.add({ type: 'request.released', requestId: command.requestId, reason: 'released' });
        hub.commit(live, draft, draft.events.map((event) => JSON.stringify(event)), {});
      }
    };
    return result;
  },
});
