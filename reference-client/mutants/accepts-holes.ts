import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Applies an event although others are missing before it; breaks RESUME-21. */
const placeOf: Rules['placeOf'] = (view, event) => {
  const place = protocolRules.placeOf(view, event);
  return place === 'hole' && view.position !== undefined ? 'next' : place;
};

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, placeOf } }));
