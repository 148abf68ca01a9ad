import { makeClient } from '../../src/client.ts';
import { makeDriver } from '../../src/driver/commands.ts';
import { standardParts } from '../../src/parts.ts';

// The program of this repository has Node's types only.
declare const location: { readonly host: string; href: string };

// The conformance driver in a page: lines come and go over a WebSocket of the process that opened the page.
const drive = makeDriver(makeClient(standardParts));
const relay = new WebSocket(`ws://${location.host}/relay`);
relay.onmessage = ({ data }) => void drive(String(data)).then((answer) => relay.send(answer));
// The process was killed: its clients end with it.
relay.onclose = () => (location.href = 'about:blank');
