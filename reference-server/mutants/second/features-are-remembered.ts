import { attach } from '../../src/hub/attach.ts';
import { startForProgram } from '../../src/start.ts';

const named = new Map<string, readonly string[]>();

/** Enables for a device what another device of the same principal has named before; breaks FEATURE-3. */
await startForProgram({
  attach(parts, ask, credential, sink) {
    const key = JSON.stringify([ask.session, credential.principal]);
    const features = [...new Set([...(named.get(key) ?? []), ...ask.features])];
    named.set(key, features);
    return attach(parts, { ...ask, features }, credential, sink);
  },
});
