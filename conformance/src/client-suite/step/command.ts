import type { ArrivedCommand } from '../../host/client-connection.ts';
import { sameJson, type JsonFields } from '../../scenario/json.ts';
import { match } from '../../scenario/pattern.ts';
import { headOf } from '../../host/scripted-log.ts';
import { commitCommand, deliverAfter, endConnection, serveCommands } from '../delivery.ts';
import type { StepOf } from '../format.ts';
import { breaks, changeClient, holds, NotClaimed, type Story } from '../story.ts';

const lose = (story: Story, arrived: ArrivedCommand): void => {
  // Over POST the answer and the stream are two connections; a lost network takes both.
  arrived.lose();
  endConnection(story, arrived.participant, 'rst');
};

const commitAckFirst = (story: Story, arrived: ArrivedCommand): void => {
  const before = headOf(story.log);
  arrived.answer(commitCommand(story, arrived, false));
  deliverAfter(story, before);
};

const answer = (story: Story, step: StepOf<'command'>, arrived: ArrivedCommand): void => {
  switch (step.answer) {
    case 'commit':
      return step.isAckFirst === true ? commitAckFirst(story, arrived) : arrived.answer(commitCommand(story, arrived, true));
    case 'commitUnseen':
      return arrived.answer(commitCommand(story, arrived, false));
    case 'formerEpoch': {
      const ack = commitCommand(story, arrived, true);
      return arrived.answer({ ...ack, position: { epoch: story.mintId(), seq: headOf(story.log) } });
    }
    case 'unacknowledged':
      commitCommand(story, arrived, true);
      return;
    case 'refuse':
      return arrived.refuse(step.status ?? 503, { code: 'unavailable', message: 'scripted', retryable: true, status: step.status ?? 503, ...step.error });
    case 'lose':
      commitCommand(story, arrived, false);
      return lose(story, arrived);
    case 'drop':
      return lose(story, arrived);
    case 'reject':
      return arrived.answer({ type: 'ack', id: arrived.command['id'] ?? null, status: 'rejected', error: { message: 'scripted', ...step.error } });
    case 'hold':
      return;
  }
};

/** Waits for a command, judges whether it is the one, and answers it. */
export const command = async (story: Story, step: StepOf<'command'>): Promise<void> => {
  const { client = 'app', type, match: pattern = {}, repeats, as, cites } = step;
  const arrived = await story.host.commands.take((each) => each.participant === client && each.command['type'] === type && match(pattern, each.command).matches, story.bounds.patienceMs);
  const what = repeats === undefined ? `${client} sends ${type}` : `${client} sends ${repeats} again`;
  if (arrived === undefined && step.isOptional === true) throw new NotClaimed(`the client does not do this of its own accord: ${what}`);
  if (arrived === undefined) return breaks(story, { cites, expected: what, actual: `nothing within ${story.bounds.patienceMs} ms` });
  const first = repeats === undefined ? undefined : story.commands.get(repeats);
  if (repeats !== undefined && first === undefined) throw new Error(`${story.file.id}: no command ${repeats} has come at ${story.place}`);
  const lines = first === undefined ? [arrived.line] : [arrived.line, first.line];
  const compared = (fields: JsonFields): JsonFields => Object.fromEntries(Object.entries(fields).filter(([name]) => step.comparing?.includes(name) ?? true));
  if (first !== undefined && step.comparing === undefined && first.command['id'] !== arrived.command['id']) {
    return breaks(story, { cites: cites ?? ['COMMAND-44', 'COMMAND-48'], expected: `${what} under the same id ${JSON.stringify(first.command['id'])}`, actual: JSON.stringify(arrived.command['id']), lines });
  }
  if (first !== undefined && !sameJson(compared(first.command), compared(arrived.command))) return breaks(story, { cites: cites ?? ['COMMAND-44'], expected: `${what} with the same content`, actual: JSON.stringify(arrived.command), lines });
  const waited = first === undefined ? 0 : story.now() - first.answeredAt;
  if (step.notBeforeMs !== undefined && waited < step.notBeforeMs - 1) return breaks(story, { cites, expected: `${what} at the earliest after ${step.notBeforeMs} ms`, actual: `after ${Math.round(waited)} ms`, lines });
  holds(story, { cites, expected: what, lines });
  if (as !== undefined && step.error !== undefined) story.refusals.set(as, step.error);
  if (as !== undefined) story.commands.set(as, { ...arrived, answeredAt: story.now() });
  answer(story, step, arrived);
  if (step.answer === 'lose' || step.answer === 'drop') changeClient(story, client, { isSilent: true });
};

/** Shows that a command which was answered is not sent again. */
export const repeated = async (story: Story, { of, forMs, cites }: StepOf<'repeated'>): Promise<void> => {
  const first = story.commands.get(of);
  if (first === undefined) throw new Error(`${story.file.id}: no command ${of} has come at ${story.place}`);
  const isSame = (each: ArrivedCommand): boolean => each.command['id'] === first.command['id'] || sameThing(each, first);
  const again = await story.host.commands.take(isSame, forMs);
  if (again !== undefined) return breaks(story, { cites: cites ?? ['COMMAND-45'], expected: `${of} is not sent again after its ack`, actual: JSON.stringify(again.command), lines: [again.line, first.line] });
  holds(story, { cites, expected: `${of} is not sent again within ${forMs} ms` });
};

/** Refuses each repeat of a command, and judges the pauses before them: drawn at random, so that only their sum can be too short. */
export const pauses = async (story: Story, { of, times, sumAtLeastMs, cites }: StepOf<'pauses'>): Promise<void> => {
  const first = story.commands.get(of);
  if (first === undefined) throw new Error(`${story.file.id}: no command ${of} has come at ${story.place}`);
  const began = story.now();
  for (let count = 1; count <= times; count++) {
    const again = await story.host.commands.take((each) => each.command['id'] === first.command['id'], story.bounds.patienceMs);
    if (again === undefined) return holds(story, { cites, expected: `${of} is not repeated any more, after ${count - 1} times` });
    again.answer({ type: 'ack', id: again.command['id'] ?? null, status: 'rejected', error: { message: 'scripted', ...story.refusals.get(of) } });
  }
  const waited = story.now() - began;
  if (waited < sumAtLeastMs) return breaks(story, { cites, expected: `${times} repeats of ${of} take at least ${sumAtLeastMs} ms together`, actual: `${Math.round(waited)} ms` });
  holds(story, { cites, expected: `${of} is repeated with pauses` });
};

/** Shows that no further command comes. */
export const unsent = async (story: Story, { client = 'app', forMs, cites }: StepOf<'unsent'>): Promise<void> => {
  const arrived = await story.host.commands.take((each) => each.participant === client, forMs);
  if (arrived !== undefined) return breaks(story, { cites, expected: `${client} sends no further command`, actual: JSON.stringify(arrived.command).slice(0, 200), lines: [arrived.line] });
  holds(story, { cites, expected: `${client} sends no further command within ${forMs} ms` });
};

/** Commits and acknowledges a command that was held. */
export const acknowledge = (story: Story, { of }: StepOf<'acknowledge'>): void => {
  const arrived = story.commands.get(of);
  if (arrived === undefined) throw new Error(`${story.file.id}: no command ${of} has come at ${story.place}`);
  arrived.answer(commitCommand(story, arrived, true));
};

const sameThing = (each: ArrivedCommand, first: ArrivedCommand): boolean =>
  each.command['type'] === first.command['type'] && ['messageId', 'requestId', 'runId'].some((name) => each.command[name] !== undefined && each.command[name] === first.command[name]);

/** From now on judges every command of every client as it comes, but for those that the steps want themselves. */
export const serve = (story: Story, { except }: StepOf<'serve'>): void => {
  story.served = (arrived) => except === undefined || !match(except, arrived.command).matches;
  if (story.isServing) return;
  story.isServing = true;
  void serveCommands(story, (arrived) => story.served(arrived));
};
