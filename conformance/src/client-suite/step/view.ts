import { headOf } from '../../host/scripted-log.ts';
import { firstDifference } from '../../model/first-difference.ts';
import { foldLog } from '../../model/fold.ts';
import { isFields, type Json, type JsonFields } from '../../scenario/json.ts';
import { match } from '../../scenario/pattern.ts';
import { expectedView, viewDifference } from '../expected-view.ts';
import type { StepOf } from '../format.ts';
import { afterProof } from '../held-position.ts';
import { shownRules } from '../shown-rules.ts';
import { askDriver, breaks, changeClient, clientOf, holds, NotClaimed, resultOf, type Story } from '../story.ts';
import { positionOfView } from './application.ts';

/** The pause between two looks at a view that is expected to change. */
const lookAgainMs = 15;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const look = async (story: Story, { client, cites }: StepOf<'view'>, seq: number | undefined): Promise<JsonFields> => {
  const reply = await askDriver(story, client, 'view', seq === undefined ? {} : { atLeast: seq }, story.bounds.patienceMs);
  if (reply.kind === 'late' && seq !== undefined) return breaks(story, { cites, expected: `the view reaches seq ${seq}`, actual: `not within ${story.bounds.patienceMs} ms` });
  return resultOf(reply, 'view');
};

/** A client may show what its user has just sent (MESSAGE-45). */
const withoutPending = (story: Story, view: JsonFields, seen: readonly JsonFields[]): JsonFields => {
  const { messages } = view;
  const isPending = (message: Json): boolean => isFields(message) && story.sent.has(String(message['messageId'])) && !seen.some((event) => event['type'] === 'message.created' && event['messageId'] === message['messageId']);
  return Array.isArray(messages) ? { ...view, messages: messages.filter((message) => !isPending(message)) } : view;
};

/** Names the first difference between the state that a client shows and that of the suite's own fold; undefined if it shows none. */
const stateDifference = ({ state }: JsonFields, seen: readonly JsonFields[]): string | undefined => {
  if (state === undefined) return undefined;
  const wanted = foldLog(seen);
  const path = firstDifference(wanted, state);
  return path === undefined ? undefined : `state${path} must be ${shownAt(wanted, path)}: got ${shownAt(state, path)}`;
};

const shownAt = (value: Json, path: string): string => {
  const found = path.split('/').slice(1).reduce<Json | undefined>((inner, key) => (Array.isArray(inner) ? inner[Number(key)] : isFields(inner) ? inner[key.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), value);
  return (JSON.stringify(found) ?? 'absent').slice(0, 200);
};

/** Records which rules of the fold the state of a view shows. */
const recordRules = (story: Story, { state }: JsonFields, seen: readonly JsonFields[]): void => {
  if (state === undefined) return;
  for (const { id, isKept, type } of shownRules(seen, state, story.shownRules)) {
    story.shownRules.add(id);
    const expected = `at seq ${seen.length} the state that ${type} gives`;
    story.findings.push({ source: story.place, cites: [id], held: isKept, expected, ...(isKept ? {} : { actual: 'the state without this effect' }), lines: isKept ? [] : [story.recorder.transcript.length] });
  }
};

/** Judges a view by the wire: it shows what was sent, as the log says, and nothing else. */
const judge = (story: Story, { client, cites }: StepOf<'view'>, wanted: number, view: JsonFields): void => {
  const { held } = clientOf(story, client);
  const position = positionOfView(view);
  if ((position?.seq ?? 0) < wanted) return breaks(story, { cites, expected: `a view at seq ${wanted} or later`, actual: JSON.stringify(view['position']) });
  if (position !== undefined && held.ceiling === undefined && held.floor === undefined) return breaks(story, { cites, expected: 'no position, because nothing whole was sent', actual: JSON.stringify(position) });
  if (position === undefined && held.floor !== undefined) return breaks(story, { cites, expected: `the view keeps the position ${JSON.stringify(held.floor)}, or a later one`, actual: 'null' });
  const log = [story.log, ...story.pastLogs].find(({ epoch }) => epoch === (position?.epoch ?? story.log.epoch));
  if (log === undefined) return breaks(story, { cites, expected: 'a position of an epoch that the server has told', actual: JSON.stringify(position) });
  if (position !== undefined && held.ceiling !== undefined && position.epoch === held.ceiling.epoch && position.seq > held.ceiling.seq) {
    return breaks(story, { cites, expected: `a position of at most ${held.ceiling.seq}, because no more was sent`, actual: JSON.stringify(position) });
  }
  const seen = log.events.slice(0, position?.seq ?? 0);
  const difference = viewDifference(withoutPending(story, view, seen), expectedView(seen)) ?? stateDifference(view, seen);
  try {
    if (difference !== undefined) breaks(story, { cites, expected: `the view shows the log up to ${position?.seq ?? 0}`, actual: difference });
  } finally {
    // After what the scenario is about, which names a broken rule first.
    recordRules(story, view, seen);
  }
  changeClient(story, client, { held: afterProof(held, position) });
};

/** Looks at the view until it is as expected, or, with `forMs`, for as long as it must stay so. */
export const view = async (story: Story, step: StepOf<'view'>): Promise<void> => {
  const until = story.now() + (step.forMs ?? story.bounds.patienceMs);
  for (;;) {
    // The head as it is asked for: an agent may append while the driver answers.
    const wanted = step.atLeast === 'head' ? headOf(story.log) : step.atLeast;
    const shown = await look(story, step, wanted);
    if (step.needs !== undefined && shown[step.needs] === undefined) throw new NotClaimed(`the driver's view has no ${step.needs}`);
    judge(story, step, wanted ?? 0, shown);
    const found = match(step.expect ?? {}, shown);
    const isTime = story.now() < until;
    if (found.matches && (step.forMs === undefined || !isTime)) return holds(story, { cites: step.cites, expected: 'the view shows what the log says' });
    if (!found.matches && (step.forMs !== undefined || !isTime)) return breaks(story, { cites: step.cites, expected: `a view with ${found.mismatch.path} ${found.mismatch.expected}`, actual: found.mismatch.actual });
    await pause(lookAgainMs);
  }
};
