import { attachAnswer } from '../../host/attach-answer.ts';
import type { ClientConnection } from '../../host/client-connection.ts';
import type { StepOf } from '../format.ts';
import { expandFrame, sendTo } from '../delivery.ts';
import { positionFault } from '../held-position.ts';
import { waitSince } from './serving.ts';
import { breaks, changeClient, clientOf, holds, NotClaimed, type Story } from '../story.ts';

const faultOf = (story: Story, step: StepOf<'attach'>, { hello, token }: ClientConnection): { readonly cites: readonly string[]; readonly expected: string } | undefined => {
  const client = clientOf(story, step.client);
  const position = hello['position'];
  const text = JSON.stringify(position);
  // Whatever else a scenario is about, a wrong position breaks this rule first.
  const resumes = [...new Set(['RESUME-17', ...story.file.covers])];
  if (hello['session'] !== story.session) return { cites: ['ATTACH-1'], expected: `hello names the session that was opened: got ${JSON.stringify(hello['session'])}` };
  if (token === undefined || !client.tokens.includes(token)) return { cites: ['AUTH-16'], expected: 'hello brings a token that the application has given' };
  if (step.token !== undefined && token !== client.tokens[step.token - 1]) return { cites: step.cites ?? ['AUTH-16'], expected: `hello brings token ${step.token}: got token ${client.tokens.indexOf(token) + 1}` };
  if (step.position === 'none') return position === undefined ? undefined : { cites: step.cites ?? resumes, expected: `hello without a position: got ${text}` };
  if (typeof step.position === 'number') {
    const wanted = JSON.stringify({ epoch: story.log.epoch, seq: step.position });
    return text === wanted ? undefined : { cites: step.cites ?? resumes, expected: `hello with the position ${wanted}: got ${text}` };
  }
  const fault = positionFault(client.held, hello);
  return fault === undefined ? undefined : { cites: step.cites ?? resumes, expected: `hello with ${fault}` };
};

/** Judges how long the client has waited since its last connection ended. */
const judgeDelay = (story: Story, step: StepOf<'attach'>, { beganAt, openedAt }: ClientConnection): void => {
  const client = clientOf(story, step.client);
  if (client.endedAt === undefined) return;
  const delay = waitSince(client.endedAt, beganAt, openedAt);
  changeClient(story, step.client, { delays: [...client.delays, delay] });
  const rounded = `${Math.round(delay)} ms`;
  // A timer of the client may fire within the millisecond in which it was due.
  if (step.notBeforeMs !== undefined && delay < step.notBeforeMs - 1) breaks(story, { cites: step.cites, expected: `the next attach request comes at the earliest after ${step.notBeforeMs} ms`, actual: `after ${rounded}` });
};

/** Waits for an attach request, judges it, and answers it. */
export const attach = async (story: Story, step: StepOf<'attach'>): Promise<void> => {
  const name = step.client ?? 'app';
  const { patienceMs } = story.bounds;
  const withinMs = patienceMs + (step.withinMs ?? 0) + (step.notBeforeMs ?? 0);
  const connection = await story.host.attempts.take((attempt) => attempt.participant === name, withinMs);
  const isBack = clientOf(story, name).connection !== undefined;
  const comesBack = isBack ? [...new Set(['RECONNECT-5', ...story.file.covers])] : undefined;
  if (connection === undefined) return breaks(story, { cites: step.cites ?? comesBack, expected: `${name} attaches within ${withinMs} ms`, actual: 'no attach request' });
  judgeDelay(story, step, connection);
  const fault = faultOf(story, step, connection);
  if (fault !== undefined) return breaks(story, { ...fault, actual: JSON.stringify(connection.hello['position'] ?? null) });
  holds(story, { cites: step.cites, expected: `${name} attaches with the position that it holds` });

  const client = clientOf(story, name);
  changeClient(story, name, { connection, previous: client.connection, isSilent: step.answer !== undefined && step.answer !== 'honest' });
  if (step.answer === 'nothing') return;
  const { needsFeature } = step;
  const offered = connection.hello['features'];
  if (needsFeature !== undefined && !(Array.isArray(offered) && offered.includes(needsFeature))) throw new NotClaimed(`the client does not offer the feature ${needsFeature}`);
  const welcome = { ...(needsFeature === undefined ? {} : { features: [needsFeature] }), ...(step.welcome === undefined ? {} : expandFrame(story, step.welcome)) };
  const frames = attachAnswer(story.log, connection.hello, {
    limits: story.limits, participant: { principal: name, role: client.role === 'agent' ? 'agent' : 'controller' }, connection: `c-${connection.name.replace('#', '-')}`,
    now: story.wallClock(), snapshotFrames: step.snapshotFrames ?? 1, ...(step.snapshotAt === undefined ? {} : { snapshotAt: step.snapshotAt }), welcome,
    ...(step.snapshotWithout === undefined ? {} : { snapshotWithout: step.snapshotWithout }),
  });
  const sent = frames.filter((frame, index) => step.answer === 'welcome' ? index === 0 : step.answer === 'unfinished' ? index === 0 || (frame['type'] === 'snapshot' && frame['last'] !== true) : true);
  for (const frame of sent) sendTo(story, name, frame);
};

