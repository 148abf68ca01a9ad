import type { Chance } from '../run/chance.ts';
import type { Participant } from '../run/participant.ts';
import type { Stage } from '../run/stage.ts';
import type { Target } from '../target/target.ts';
import { createRecorder } from '../transcript/recorder.ts';

const participant = (name: string, credential: string, transport: 'websocket' | 'sse', chance: Chance): Participant => ({
  name,
  credential,
  agent: chance.mintId(),
  transport,
  cursor: 0,
  connections: 0,
  commands: new Map(),
  runs: new Map(),
  stalled: false,
  writing: 'whole',
});

/** The stage of one try: an agent and two people on the transport before the kill, and a reader who comes at the end. */
export function createCrashStage(target: Target, transport: 'websocket' | 'sse', patienceMs: number, chance: Chance): Stage {
  const names = [participant('agent', 'agent', transport, chance), participant('person', 'controller', transport, chance), participant('watcher', 'observer', transport, chance), participant('reader', 'observer', 'websocket', chance)];
  return {
    target,
    recorder: createRecorder(() => performance.now()),
    participants: new Map(names.map((each) => [each.name, each])),
    fragments: new Map(),
    requirementOf: () => undefined,
    session: 'none',
    patienceMs,
    timeoutScale: 1,
    chance,
    checks: [],
    marks: new Map(),
    barriers: new Map(),
    isClaimed: (wire) => target.endpoints[wire] !== undefined,
  };
}
