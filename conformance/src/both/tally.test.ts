import { expect, it } from 'vitest';
import { noFault, tallyCommand, tallyText, wholeText } from './tally.ts';

const view = (text: string) => ({ messages: [{ messageId: 'question', text: '<0>' }, { messageId: 'answer', text }] });

it.each([
  ['everything once', '<0><2><1><3>', noFault],
  ['a frame too few', '<0><2><3>', { ...noFault, gaps: 1 }],
  ['a frame twice', '<0><2><2><1><3>', { ...noFault, duplicates: 1 }],
  ['one in place of another', '<0><0><1><3>', { ...noFault, gaps: 1, duplicates: 1 }],
  ['another order', '<2><0><1><3>', { ...noFault, disordered: 1 }],
  ['nothing', '', { ...noFault, gaps: 4 }],
] as const)('counts %s', (_, text, expected) => {
  expect(tallyText(view(text), 'answer', 4)).toEqual(expected);
});

it('knows the text of the whole', () => {
  expect(wholeText(4)).toBe('<0><2><1><3>');
});

it('counts a command as lost if nothing shows it, or if nobody was told', () => {
  expect([tallyCommand('accepted', 1), tallyCommand('accepted', 0), tallyCommand('indeterminate', 1), tallyCommand('accepted', 2)]).toEqual([
    noFault, { ...noFault, lost: 1 }, { ...noFault, lost: 1 }, { ...noFault, doubled: 1 },
  ]);
});
