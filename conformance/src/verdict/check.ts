/** What a check found; a rule that was never exercised has no check. */
export type CheckVerdict = 'pass' | 'fail' | 'warn' | 'info';

/** One finding about the requirements that it cites, with its evidence. Findings are values, never exceptions. */
export interface Check {
  /** Who judged: `step 7 expect`, or `oracle contiguity`. */
  readonly source: string;
  readonly cites: readonly string[];
  readonly verdict: CheckVerdict;
  /** What the rule allows, all of it, in one sentence. */
  readonly expected?: string;
  readonly actual?: string;
  /** Lines of the transcript that show it, the offending one first. */
  readonly lines: readonly number[];
  /** JSON Pointer into the offending frame. */
  readonly path?: string;
  /** Whether what is missing is the fault: the first line is the last thing that came, and offends nobody. */
  readonly isVain?: true;
  /** Why this failure is put up with: the reason of the expected failure that it is. */
  readonly excused?: string;
}

/** A check before the level of what it cites is known: it held, or it did not. */
export interface Finding extends Omit<Check, 'verdict'> {
  readonly held: boolean;
}
