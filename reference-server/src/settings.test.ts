import { expect, test } from 'vitest';
import { readCredentials, readLimits, readProfiles, readSettings } from './settings.ts';

const token = { token: 't', principal: 'alice', role: 'controller' };

test.each([
  ['a principal of 129 characters', { ...token, principal: 'x'.repeat(129) }, '1 to 128'],
  ['a name of 129 characters', { ...token, name: 'x'.repeat(129) }, '1 to 128'],
  ['an empty name', { ...token, name: '' }, '1 to 128'],
  ['a role that is none', { ...token, role: 'admin' }, 'controller'],
  ['a token with a space', { ...token, token: 'a b' }, 'spaces'],
  ['a session id that is none', { ...token, sessions: ['a/b'] }, 'session id'],
])('%s is refused', (_, credential, says) => {
  expect(() => readCredentials([credential])).toThrow(says);
});

test('a principal of 128 characters is accepted, however long they are', () => {
  expect(readCredentials([{ ...token, principal: '😀'.repeat(128) }])).toHaveLength(1);
});

test('one token stands for one principal', () => {
  expect(() => readCredentials([token, { ...token, principal: 'bob' }])).toThrow('twice');
});

test('limits are changed over those that hold', () => {
  const held = readLimits({ leaseMs: 500 });
  expect(readLimits({ cancelMs: 200 }, held)).toMatchObject({ leaseMs: 500, cancelMs: 200 });
});

test('core is always claimed, and each profile once', () => {
  expect(readProfiles(['history', 'history'])).toEqual(['core', 'history']);
  expect(() => readProfiles(['branching'])).toThrow('branching');
});

test('settings that are no JSON are refused by a sentence', () => {
  expect(() => readSettings('{')).toThrow('settings must be one line of JSON');
});
