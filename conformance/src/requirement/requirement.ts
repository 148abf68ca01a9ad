/** How strongly a requirement is meant: what breaking it does to a verdict. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** Whom a requirement binds; `both` stands for "A sender" and "A receiver". */
export type RequirementRole = 'server' | 'client' | 'agent' | 'both';

/** One numbered sentence of the specification. */
export interface Requirement {
  readonly id: string;
  readonly level: Level;
  readonly role: RequirementRole;
  readonly profile: string;
  readonly sentence: string;
  /** The page that defines it, relative to `spec/v1`. */
  readonly page: string;
  /** A digest of the sentence, by which a check notices that its text has changed. */
  readonly hash: string;
}
