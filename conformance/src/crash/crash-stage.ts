import { randomUUID } from 'node:crypto';
import type { Participant } from '../run/participant.ts';
import type { Stage } from '../run/stage.ts';
import type { Target } from '../target/target.ts';
import { createRecorder } from '../transcript/recorder.ts';

const participant = (name: string, credential: string, transport: 'websocket' | 'sse'): Participant => ({
  name,
  credential,
  agent: randomUUID(),
  transport,
  cursor: 0,
  connections: 0,
  commands: new Map(),
  runs: new Map(),
  stalled: false,
});

/** The stage of one try: an agent and two people on the transport before the kill, and a reader who comes at the end. */
export function createCrashStage(target: Target, transport: 'websocket' | 'sse', patienceMs: number): Stage {
  const names = [participant('agent', 'agent', transport), participant('person', 'controller', transport), participant('watcher', 'observer', transport), participant('reader', 'observer', 'websocket')];
  return {
    target,
    recorder: createRecorder(() => performance.now()),
    participants: new Map(names.map((each) => [each.name, each])),
    fragments: new Map(),
    requirementOf: () => undefined,
    session: 'none',
    patienceMs,
    checks: [],
    marks: new Map(),
    barriers: new Map(),
    isClaimed: (wire) => target.endpoints[wire] !== undefined,
  };
}
