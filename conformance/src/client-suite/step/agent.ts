import type { PlanStep } from '../../driver/plan.ts';
import { effectPath } from '../../host/host.ts';
import { sameJson, type JsonFields } from '../../scenario/json.ts';
import { match } from '../../scenario/pattern.ts';
import { commitCommand } from '../delivery.ts';
import type { StepOf } from '../format.ts';
import { breaks, clientOf, DriverFailure, holds, type Story } from '../story.ts';
import { probeDriver } from '../../driver/probe.ts';
import { driverRestarted } from '../oracle/agent-ids.ts';
import { ask } from './application.ts';

const urlOf = (story: Story, client: string | undefined, name: string): string => `${clientOf(story, client).url}${effectPath}${name}`;

/** The agent claims a run. */
export const claim = (story: Story, { client, as, runId }: StepOf<'claim'>): void => ask(story, client, as, 'claim', { runId });

/** The agent appends events. */
export const emit = (story: Story, { client, as, runId, events }: StepOf<'emit'>): void => ask(story, client, as, 'append', { runId, events });

/** The agent gives a run back. */
export const release = (story: Story, { client, as, runId, reason }: StepOf<'release'>): void => ask(story, client, as, 'release', { runId, reason });

/** The agent carries out a plan; what it names as effects are URLs of this host. */
export const work = (story: Story, { client, as, runId, plan }: StepOf<'work'>): void => {
  const placed = plan.map((step: PlanStep) => ('call' in step && step.call.effect !== undefined ? { call: { ...step.call, effect: urlOf(story, client, step.call.effect) } } : step));
  ask(story, client, as, 'work', { runId, plan: JSON.parse(JSON.stringify(placed)) });
};

/** A device takes a client tool. */
export const tool = (story: Story, { client, as, requestId, effect: name }: StepOf<'tool'>): void => ask(story, client, as, 'tool', { requestId, effect: urlOf(story, client, name) });

/** Waits until a side effect begins, judges its input, and answers it. */
export const effect = async (story: Story, { client = 'app', name, input, answer, output = {}, cites }: StepOf<'effect'>): Promise<void> => {
  const arrived = await story.host.effects.take((each) => each.participant === client && each.name === name, story.bounds.patienceMs);
  if (arrived === undefined) return breaks(story, { cites, expected: `${client} begins the side effect ${name}`, actual: `not within ${story.bounds.patienceMs} ms` });
  const { body, line } = arrived;
  if (input !== undefined && !sameJson(body['input'], input)) return breaks(story, { cites, expected: `the side effect ${name} has the input ${JSON.stringify(input)}`, actual: JSON.stringify(body['input']), lines: [line] });
  holds(story, { cites, expected: `${client} begins the side effect ${name}`, lines: [line] });
  if (answer === 'done') arrived.answer(200, output);
  if (answer === 'failed') arrived.answer(500, output);
  if (answer === 'lost') arrived.lose();
};

/** Shows that nothing is done in the world. */
export const noEffect = async (story: Story, { client = 'app', forMs, cites }: StepOf<'noEffect'>): Promise<void> => {
  const arrived = await story.host.effects.take((each) => each.participant === client, forMs);
  if (arrived !== undefined) return breaks(story, { cites, expected: `${client} begins no side effect`, actual: `${arrived.name} with ${JSON.stringify(arrived.body)}`, lines: [arrived.line] });
  holds(story, { cites, expected: `${client} begins no side effect within ${forMs} ms` });
};

/** Waits until the log holds what the client is to bring about. */
export const logged = async (story: Story, { match: pattern, times = 1, cites }: StepOf<'logged'>): Promise<void> => {
  const count = (): number => story.log.events.filter((event) => match(pattern, event).matches).length;
  if (await story.changes.until(() => count() >= times, story.bounds.patienceMs)) return holds(story, { cites, expected: `${times} events ${JSON.stringify(pattern)} in the log` });
  const last = story.log.events.slice(-8).map((event: JsonFields) => JSON.stringify(event).slice(0, 160));
  breaks(story, { cites, expected: `${times} events ${JSON.stringify(pattern)} in the log`, actual: `${count()}; the last of the log are ${last.join(' ')}` });
};

/** The share of a lease after which it is renewed at the latest (LEASE-12, REQUEST-43). */
const renewedAfter = 1 / 3;
/** What a renewal may come late by on its way, beside that. */
const latenessMs = 150;

/** Waits for renewals of a lease, and judges when each comes. */
export const renewals = async (story: Story, { client = 'app', type, times, cites }: StepOf<'renewals'>): Promise<void> => {
  const withinMs = story.limits.leaseMs * renewedAfter + latenessMs;
  for (let count = 1; count <= times; count++) {
    const arrived = await story.host.commands.take((each) => each.participant === client && each.command['type'] === type, withinMs);
    if (arrived === undefined) return breaks(story, { cites, expected: `${client} sends ${type} within a third of the lease, ${Math.round(withinMs)} ms`, actual: `none, after ${count - 1} in time` });
    arrived.answer(commitCommand(story, arrived, true));
  }
  holds(story, { cites, expected: `${client} sends ${type} within each third of the lease` });
};

/** The driver's process dies, and another begins. */
export const restart = async (story: Story): Promise<void> => {
  await story.driver.kill();
  story.recorder.record({ participant: 'app', connection: 'app driver', kind: 'note', text: driverRestarted });
  for (const { connection } of story.clients.values()) connection?.end('rst');
  story.driver = story.startDriver();
  const fault = await probeDriver(story.driver);
  if (fault !== undefined) throw new DriverFailure('dead', fault);
};
