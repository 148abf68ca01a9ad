import { makeClient } from '../src/client.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts, type Parts } from '../src/parts.ts';

/** Adds what has come meanwhile to an append that is sent again; breaks AGENT-20. */
const textToSend: Parts['textToSend'] = ({ command, sendings, text }) =>
  command.type === 'events.append' && sendings > 0 ? JSON.stringify({ ...command, events: [...command.events, { type: 'notice', level: 'info', text: 'sent again' }] }) : text;

runDriver(makeClient({ ...standardParts, textToSend }));
