import type { ValidationFinding } from './describe-finding.ts';

/** What is known of a wire type without its schema. */
export interface WireType {
  readonly name: string;
  readonly kind: 'event' | 'command' | 'control';
  /** Who sends it, of a control frame. */
  readonly from?: 'server' | 'peer';
  /** Whether an agent may append it. */
  readonly appended?: true;
}

/** A precompiled validator; `errors` are those of its last call that gave false. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ValidationFinding[] | null;
}
