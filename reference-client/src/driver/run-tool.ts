import type { PeopleSession } from '../people.ts';
import type { Accepted } from '../session/handle.ts';
import { runEffect } from './effect.ts';

/** Takes a client tool, runs it, and answers with what it gave. */
export async function runTool(session: PeopleSession, requestId: string, effect: string): Promise<Accepted> {
  const tool = await session.claimTool(requestId); // REQUEST-42, REQUEST-51
  const ended = await runEffect(effect, session.view.state.requests.find((request) => request.requestId === requestId)?.partId, tool.signal);
  if (ended.outcome === 'completed') return tool.answer(ended.output);
  return tool.fail(ended.outcome === 'failed' ? ended.error : { code: 'indeterminate', message: 'Nobody knows whether it happened.', retryable: false });
}
