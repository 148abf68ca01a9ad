import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered } from './kit/wire.ts';

const epochOf = (position: unknown): unknown => (typeof position === 'object' && position !== null && 'epoch' in position ? position.epoch : undefined);
let epoch: unknown;

// Waits for an ack that names the epoch that it holds; breaks COMMAND-57.
runDriver(makeClient(tampered({
  received(frame) {
    if (frame['type'] === 'welcome') epoch = epochOf(frame['position']);
    const isOfAnother = frame['type'] === 'ack' && frame['position'] !== undefined && epochOf(frame['position']) !== epoch;
    return isOfAnother ? [] : [frame];
  },
  answered: (answer) => (answer.kind === 'ack' && answer.ack.position !== undefined && answer.ack.position.epoch !== epoch ? { kind: 'lost' } : answer),
})));
