import { isFields, parseFields, stringField, type JsonFields } from '../scenario/json.ts';
import { match } from '../scenario/pattern.ts';
import type { Direction, Wire } from '../transcript/entry.ts';
import { changeFrame } from './change.ts';
import type { ProxyRule } from './rule.ts';

/** One frame on its way through the proxy. */
export interface Passing {
  readonly text: string;
  readonly sseId?: string;
}

/** What one connection's frames become; pure but for its counts. */
export interface ConnectionSpoiler {
  pass(direction: Direction, frame: Passing): Passing[];
}

/** Applies one rule to all connections of a proxy, and counts how often it did. */
export interface Spoiler {
  connection(wire: Wire): ConnectionSpoiler;
  readonly applied: number;
}

/** Creates the spoiler of one rule; without a rule everything passes. */
export function createSpoiler(rule: ProxyRule | undefined): Spoiler {
  let applied = 0;
  const passedIds = new Set<string>();

  const connection = (wire: Wire): ConnectionSpoiler => {
    let welcome: JsonFields | undefined;
    let matches = 0;
    let times = 0;
    const held: Passing[] = [];

    const applies = (direction: Direction, frame: JsonFields, isRepeat: boolean): boolean => {
      if (rule === undefined || rule.on !== direction || (rule.wires !== undefined && !rule.wires.includes(wire))) return false;
      if (rule.isRepeat !== undefined && rule.isRepeat !== isRepeat) return false;
      if (rule.welcome !== undefined && !match(rule.welcome, welcome).matches) return false;
      if (!match(rule.match, frame).matches) return false;
      matches += 1;
      const behind = matches - (rule.skip ?? 0);
      if (behind < 1 || behind % (rule.every ?? 1) !== 0 || times >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
      times += 1;
      applied += 1;
      return true;
    };

    return {
      pass(direction, passing) {
        const frame = parseFields(passing.text);
        if (frame === undefined || rule === undefined) return [passing];
        const id = stringField(frame, 'id');
        const key = `${direction} ${id ?? ''}`;
        const isRepeat = id !== undefined && passedIds.has(key);
        const spoiled = applies(direction, frame, isRepeat) ? spoil(rule, passing, frame, held) : [passing];
        if (id !== undefined) passedIds.add(key);
        if (frame['type'] === 'welcome' && direction === 'to-client' && isFields(frame)) welcome = frame;
        // What a swap holds back goes behind the next frame.
        const isHolding = held.length > 0 && spoiled.length > 0;
        return isHolding ? [...spoiled, ...held.splice(0)] : spoiled;
      },
    };
  };
  return {
    connection,
    get applied() {
      return applied;
    },
  };
}

function spoil({ do: action }: ProxyRule, passing: Passing, frame: JsonFields, held: Passing[]): Passing[] {
  const plain = (each: JsonFields): Passing => ({ text: JSON.stringify(each) });
  if ('drop' in action) return [];
  if ('double' in action) return [passing, passing];
  if ('swap' in action) {
    held.push(passing);
    return [];
  }
  if ('change' in action) return [{ ...passing, text: JSON.stringify(changeFrame(frame, action.change)) }];
  if ('before' in action) return [...action.before.map(plain), passing];
  if ('after' in action) return [passing, ...action.after.map(plain)];
  if ('sseId' in action) {
    const { sseId: _former, ...rest } = passing;
    return [action.sseId === null ? rest : { ...rest, sseId: action.sseId }];
  }
  if (action.spelling === 'reversed-keys') return [{ ...passing, text: JSON.stringify(Object.fromEntries(Object.entries(frame).reverse())) }];
  if (action.spelling === 'spaces') return [{ ...passing, text: JSON.stringify(frame).replace(/^\{/, '{ ') }];
  return [passing];
}
