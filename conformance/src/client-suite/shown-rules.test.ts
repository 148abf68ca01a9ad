import { expect, it } from 'vitest';
import { foldLog } from '../model/fold.ts';
import { shownRules } from './shown-rules.ts';

const by = { principal: 'ann', role: 'controller' };
const log = [
  { seq: 1, at: 1, type: 'session.created', title: 'Logs', by },
  { seq: 2, at: 2, type: 'session.updated', title: 'Full logs', by },
];
const plain = (model: unknown) => JSON.parse(JSON.stringify(model));
const ids = (state: unknown, known: readonly string[] = []) => shownRules(log, plain(state), new Set(known)).map(({ id, isKept }) => `${id} ${isKept}`);

it('shows each rule without which the state would be another', () => expect(ids(foldLog(log))).toEqual(['FOLD-9 true', 'FOLD-10 true']));

it('shows nothing twice', () => expect(ids(foldLog(log), ['FOLD-9'])).toEqual(['FOLD-10 true']));

it('blames the rule whose lack explains the state', () => expect(ids(foldLog(log, 'FOLD-10'))).toEqual(['FOLD-10 false']));

it('blames no rule for a state that none explains', () => expect(ids({})).toEqual([]));
