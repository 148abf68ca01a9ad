import type { Requirement } from '../requirement/requirement.ts';
import type { SubjectResult } from '../run/outcome.ts';
import type { StaleExpectation } from '../verdict/expected-failures.ts';
import { exitCodeOf, verdictOfRun, type ExitCode, type RunVerdict } from '../verdict/run-verdict.ts';

/** What a run was, before anything is concluded from it. */
export interface RunFacts {
  readonly subjects: readonly SubjectResult[];
  /** Entries of the expected-failures file that no longer hold. */
  readonly stale: readonly StaleExpectation[];
  /** Whether options left scenarios or transports out. */
  readonly narrowed: boolean;
  /** The requirements of the revision, by id. */
  readonly requirements: ReadonlyMap<string, Requirement>;
  /** What goes wrong for users when a requirement is broken, in one sentence. */
  readonly consequenceOf: (id: string) => string | undefined;
  readonly suite: { readonly version: string; readonly digest: string };
  readonly specification: { readonly revision: string; readonly digest: string };
  /** The whole command that this run was made by, as it would be typed again. */
  readonly commandLine: string;
  /** Those options of it that lead to the target, with a space before each: ` --url http://localhost:8787`. */
  readonly flags: string;
  readonly seed?: number;
  /** The other options as they were given, by name. */
  readonly options: { readonly [name: string]: string | number | boolean };
  /** When the run began, as ISO 8601. */
  readonly startedAt: string;
}

/** A whole run as every reporter sees it; a reporter is a pure function of it. */
export interface ReportedRun extends RunFacts {
  readonly verdict: RunVerdict;
  readonly exitCode: ExitCode;
}

/** Concludes the verdict and the exit code of a run. */
export const concludeRun = (facts: RunFacts): ReportedRun => ({
  ...facts,
  verdict: verdictOfRun(facts.subjects, facts.stale, facts.narrowed),
  exitCode: exitCodeOf(facts.subjects, facts.stale),
});
