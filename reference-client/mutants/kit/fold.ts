import { protocolRules, type Rules } from '../../src/connection/rules.ts';
import { standardParts, type Parts } from '../../src/parts.ts';

/** The parts of a client that is right but for some of its decisions. */
export const deciding = (rules: Partial<Rules>): Parts => ({ ...standardParts, rules: { ...protocolRules, ...rules } });

/** The parts of a client that folds live events by a function of its own. */
export const folding = (applyEvent: Rules['applyEvent']): Parts => deciding({ applyEvent });

/** The fold of the protocol, for all events that a mutant treats right. */
export const rightly = protocolRules.applyEvent;
