import { expect, it } from 'vitest';
import type { Scenario } from '../scenario/scenario.ts';
import { expectedDuration } from './expected-duration.ts';

const take = (steps: Scenario['steps'], server?: Scenario['server']): number => expectedDuration({ id: 'a/b', title: 'does so', covers: [], participants: {}, steps, ...(server === undefined ? {} : { server }) }, { leaseMs: 1000 });
const wait = (ms: string | number): Scenario['steps'][number] => ({ wait: ms, because: 'a timer passes' });

it('adds up what steps wait for, as often as a loop runs them', () => {
  expect(take([wait('${limits.leaseMs - 400}')])).toBeCloseTo(600, -2);
  expect(take([{ repeat: 'round', from: 1, to: 5, steps: [wait(200)] }])).toBeCloseTo(1000, -3);
  expect(take([{ expect: 'a', frame: 'x', notBefore: { mark: 'm', ms: 2000 }, boundMs: 3000 }])).toBeGreaterThan(2000);
});

it('takes the limits of the server that a scenario asks for, and counts its starts', () => {
  expect(take([wait('${limits.leaseMs}')], { limits: { leaseMs: 3000 } })).toBeGreaterThan(3000);
  expect(take([{ kill: 'SIGKILL' }, { restart: true }], {})).toBeGreaterThan(take([], {}) + 1500);
});

it('knows that heartbeats come in their time, and survives names that only a run gives', () => {
  expect(take([{ expect: 'a', frame: 'heartbeat' }], { limits: { heartbeatMs: 700 } })).toBeGreaterThan(700);
  expect(take([wait('${left + 50}')])).toBeGreaterThan(0);
});
