import type { Role } from './actor.ts';
import type { ValidationFinding } from './describe-finding.ts';
import type { Profile } from './message-definition.ts';

/** What is known of a wire type without its schema. */
export interface WireType {
  readonly name: string;
  readonly kind: 'event' | 'command' | 'control';
  readonly profile: Profile;
  /** Who sends it, of a control frame. */
  readonly from?: 'server' | 'peer';
  /** Who may send it, of a command. */
  readonly roles?: readonly Role[];
  /** Whether an agent may append it. */
  readonly appended?: true;
}

/** A precompiled validator; `errors` are those of its last call that gave false. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ValidationFinding[] | null;
}
