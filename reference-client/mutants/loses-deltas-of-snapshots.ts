import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { tampered, type Frame } from './kit/wire.ts';

const isDelta = (event: unknown): boolean => typeof event === 'object' && event !== null && 'type' in event && event.type === 'part.delta';

const withoutDeltas = (frame: Frame): Frame =>
  frame['type'] === 'snapshot' && Array.isArray(frame['events']) ? { ...frame, events: frame['events'].filter((event) => !isDelta(event)) } : frame;

// Takes a snapshot for the ends of things, and text that grows for live events only; breaks FOLD-3.
runDriver(makeClient(tampered({ received: (frame) => [withoutDeltas(frame)] })));
