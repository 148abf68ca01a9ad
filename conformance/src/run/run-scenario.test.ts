import { readFileSync } from 'node:fs';
import { type Discovery, validate } from '@durable-session/schemas';
import { expect, it } from 'vitest';
import type { Scenario } from '../scenario/scenario.ts';
import type { Target } from '../target/target.ts';
import { runScenarioAnew } from './run-scenario.ts';

const document: unknown = JSON.parse(readFileSync(new URL('../../../schemas/json/v1/examples/Discovery/both-transports.json', import.meta.url), 'utf8'));
if (validate('Discovery', document) !== undefined) throw new Error('the example must be a discovery document');
const discovery = document as Discovery; // judged above

const url = new URL('http://127.0.0.1:1');
const context = { fragments: new Map(), requirementOf: () => undefined, patienceMs: 100, timeoutScale: 1, seed: { number: 1, salt: '' } };

async function attemptsOf(steps: Scenario['steps']): Promise<{ readonly outcome: string; readonly reason: string | undefined; readonly lent: number }> {
  const lent = new Set<Target>();
  const scenario: Scenario = { id: 'a/b', title: 'does so', covers: [], participants: {}, session: false, steps };
  const { outcome, reason } = await runScenarioAnew(scenario, { name: 'websocket', transports: new Map() }, context, (work) => {
    const target: Target = { url, discovery, endpoints: { http: url }, token: () => undefined };
    lent.add(target);
    return work(target);
  });
  return { outcome, reason, lent: lent.size };
}

it('tries a scenario whose steps came too late again, each time on another server, and then can not tell', async () => {
  const late = await attemptsOf([{ mark: 'begun' }, { wait: 20, because: 'the time of the next is over' }, { mark: 'ended', inTime: { mark: 'begun', ms: 1 } }]);
  expect(late).toEqual({ outcome: 'inconclusive', reason: 'step 3 mark: the machine was too slow to tell', lent: 3 });
});

it('tries once what came in time', async () => {
  expect(await attemptsOf([{ mark: 'begun' }, { mark: 'ended', inTime: { mark: 'begun', ms: 60_000 } }])).toEqual({ outcome: 'pass', reason: undefined, lent: 1 });
});
