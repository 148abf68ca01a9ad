import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts, type Parts } from '../src/parts.ts';

/** Marks a command that is sent again; breaks COMMAND-44. */
const textToSend: Parts['textToSend'] = (entry) => (entry.sendings === 0 ? entry.text : JSON.stringify({ ...entry.command, attempt: entry.sendings + 1 }));

runDriver(makeClient({ ...standardParts, textToSend }));
