import { actionOfCloseCode, errors } from '@durable-session/schemas';
import { expect, it } from 'vitest';
import { actionOfClose, actionOfCode, codeOfClose } from './codes.ts';

it('has the codes of the registry that end a connection', () => {
  for (const row of errors) {
    const close = 'close' in row ? row.close : undefined;
    expect([row.code, actionOfCode(row.code)]).toEqual([row.code, 'action' in row ? row.action : undefined]);
    if (close !== undefined) expect([close, codeOfClose(close)]).toEqual([close, row.code]);
  }
});

it('takes close codes by the ranges of the registry', () => {
  for (let close = 1000; close < 5010; close++) expect([close, actionOfClose(close)]).toEqual([close, actionOfCloseCode(close)]);
});
