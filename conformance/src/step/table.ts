import { awaitAgent } from './await-agent.ts';
import { close, cut, raw, resumeReading, stall } from './connection-faults.ts';
import { connect } from './connect.ts';
import { barrier, compare, fastest, parallel, repeat, set, use } from './control-flow.ts';
import { expectAck } from './expect-ack.ts';
import { expect } from './expect.ts';
import { hook } from './hook.ts';
import { create, http } from './http.ts';
import { half, throttle, writes } from './network-faults.ts';
import { nothingUntil } from './nothing-until.ts';
import { backup, freeze, kill, restart } from './process.ts';
import { race } from './race.ts';
import { send } from './send.ts';
import type { StepKind } from './step-kind.ts';
import { mark, wait } from './wait.ts';

/** Every kind of step, in reading order. */
export const stepKinds: readonly StepKind[] = [
  connect, send, expectAck, expect, nothingUntil, race, close, cut, stall, resumeReading, throttle, writes, half, raw, http, create,
  repeat, parallel, barrier, set, compare, fastest, use, mark, wait, kill, backup, restart, freeze, hook, awaitAgent,
];

const byKind = new Map(stepKinds.map((each) => [each.kind, each]));

/** The kind of a step: its first key names it; undefined if there is none of that name. */
export function kindOf(step: { readonly [key: string]: unknown }): StepKind | undefined {
  const [first = ''] = Object.keys(step);
  return byKind.get(first);
}
