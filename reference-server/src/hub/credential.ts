import type { Actor, Role } from '@durable-session/schemas';
import { present } from '../session/present.ts';

/** What a token stands for. */
export interface Credential {
  readonly token: string;
  readonly principal: string;
  readonly role: Role;
  readonly name?: string;
  /** The sessions that it may see; absent: all. */
  readonly sessions?: readonly string[];
  /** When it expires, in milliseconds on the server's clock. */
  readonly expiresAt?: number;
}

/** The actor that is written as `by` for a credential (ROLE-8). */
export const actorOf = ({ principal, role, name }: Credential): Actor => present({ principal, role, name });

/** Tells whether a credential may see a session, existing or not. */
export const maySee = ({ sessions }: Credential, sessionId: string): boolean => sessions === undefined || sessions.includes(sessionId);

export const isExpired = ({ expiresAt }: Credential, now: number): boolean => expiresAt !== undefined && expiresAt <= now;

/** The time that a credential is still valid; undefined for one that does not expire. */
export const remainingMs = ({ expiresAt }: Credential, now: number): number | undefined => (expiresAt === undefined ? undefined : Math.max(0, expiresAt - now));

/** The credentials that a server knows, by token. */
export class Credentials {
  #byToken: ReadonlyMap<string, Credential>;

  constructor(credentials: readonly Credential[]) {
    this.#byToken = index(credentials);
  }

  find(token: string | undefined): Credential | undefined {
    return token === undefined ? undefined : this.#byToken.get(token);
  }

  /** Replaces all credentials; who holds a connection by one that is gone loses it at the next tick (AUTH-13). */
  replace(credentials: readonly Credential[]): void {
    this.#byToken = index(credentials);
  }
}

const index = (credentials: readonly Credential[]): ReadonlyMap<string, Credential> => new Map(credentials.map((each) => [each.token, each]));
