import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { mintId } from '../src/id.ts';
import { standardParts, type Parts } from '../src/parts.ts';

/** Gives a command another id when it is sent again; breaks COMMAND-48. */
const textToSend: Parts['textToSend'] = (entry) => (entry.sendings === 0 ? entry.text : JSON.stringify({ ...entry.command, id: mintId() }));

runDriver(makeClient({ ...standardParts, textToSend }));
