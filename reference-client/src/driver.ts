import { makeClient } from './client.ts';
import { runDriver } from './driver/run-driver.ts';
import { standardParts } from './parts.ts';

// The conformance driver: this package's client behind JSON lines on stdin and stdout.
runDriver(makeClient(standardParts));
