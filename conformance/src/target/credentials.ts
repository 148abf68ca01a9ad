import { randomBytes } from 'node:crypto';
import type { TokenSetting } from './target.ts';

const freshToken = (): string => `tok-${randomBytes(18).toString('base64url')}`;

/** A credential that a scenario asks for beside the usual ones. */
export interface ExtraCredential {
  readonly role: TokenSetting['role'];
  readonly principal?: string;
  readonly name?: string;
  readonly sessions?: readonly string[];
  readonly expiresInMs?: number;
}

/** Mints the tokens of one spawned target, by the name that scenarios use; `stranger` may see no session. */
export function mintTokens(extra: { readonly [name: string]: ExtraCredential }, now: number): Map<string, TokenSetting> {
  const usual: { readonly [name: string]: ExtraCredential } = {
    controller: { role: 'controller', principal: 'alice' },
    controller2: { role: 'controller', principal: 'bob' },
    approver: { role: 'approver', principal: 'carol' },
    observer: { role: 'observer', principal: 'dave' },
    agent: { role: 'agent', principal: 'agent-one', name: 'one' },
    agent2: { role: 'agent', principal: 'agent-two', name: 'two' },
    stranger: { role: 'controller', principal: 'mallory', sessions: ['no-session-of-anybody'] },
  };
  return new Map(
    Object.entries({ ...usual, ...extra }).map(([name, { role, principal = name, expiresInMs, ...rest }]) => [
      name,
      { token: freshToken(), principal, role, ...rest, ...(expiresInMs === undefined ? {} : { expiresAt: now + expiresInMs }) },
    ]),
  );
}
