import type { Transcript } from '../transcript/entry.ts';
import type { Check } from '../verdict/check.ts';

/** How one scenario ended in one variant; only `pass` is good news. An `expected failure` is a `fail` that the expected-failures file names. */
export type Outcome = 'pass' | 'fail' | 'expected failure' | 'not applicable' | 'untested' | 'inconclusive' | 'harness error';

/** One scenario in one variant of transports, run and judged. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  /** The transports that its participants used: `websocket`, `sse`, `mixed`. */
  readonly variant: string;
  readonly outcome: Outcome;
  /** Why, where the outcome is not told by the checks. */
  readonly reason?: string;
  /** The hook or limit that an untested scenario needs. */
  readonly needs?: string;
  readonly covers: readonly string[];
  readonly checks: readonly Check[];
  readonly transcript: Transcript;
  readonly durationMs: number;
}

/** What is under test. */
export type Subject = 'server' | 'client';

/** Everything that one subject showed. */
export interface SubjectResult {
  readonly subject: Subject;
  /** How it was reached: a URL or a command. */
  readonly target: string;
  readonly implementation?: string;
  readonly profiles: readonly string[];
  readonly transports: readonly string[];
  readonly scenarios: readonly ScenarioResult[];
  /** How many scenarios and variants were selected and not run to their end, because the run was stopped; absent if none. */
  readonly notRun?: number;
  /** One sentence where the subject was there and then was no more, which stopped the run. */
  readonly lost?: string;
  /** One sentence when the subject could not be judged at all, with the exit code that it means. */
  readonly refusal?: { readonly exitCode: 1 | 2 | 3; readonly sentence: string };
  readonly durationMs: number;
}
