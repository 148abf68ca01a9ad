import { makeClient } from '../src/client.ts';
import { protocolRules, type Rules } from '../src/connection/rules.ts';
import { runDriver } from '../src/driver/run-driver.ts';
import { standardParts } from '../src/parts.ts';

/** Applies events that it has already; breaks RESUME-20. */
const placeOf: Rules['placeOf'] = (view, event) => {
  const place = protocolRules.placeOf(view, event);
  return place === 'known' ? 'next' : place;
};

/** The position does not go back, so that nothing but the text shows the fault. */
const applyEvent: Rules['applyEvent'] = (view, event) => {
  const { state, position } = protocolRules.applyEvent(view, event);
  const isLater = position !== undefined && view.position !== undefined && position.seq > view.position.seq;
  return { state, position: isLater ? position : view.position };
};

runDriver(makeClient({ ...standardParts, rules: { ...protocolRules, placeOf, applyEvent } }));
