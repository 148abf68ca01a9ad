import type { Discovery } from '@durable-session/schemas';
import type { Transcript } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';

/** What an oracle may know beside the transcript. */
export interface OracleContext {
  readonly target: Pick<Discovery, 'profiles' | 'limits'>;
  readonly patienceMs: number;
}

/** One rule that holds in every transcript, whatever the scenario. Pure; it reports what it found to hold too, so that a rule that was never exercised shows. */
export interface Oracle {
  readonly name: string;
  /** Every requirement that its findings may cite. */
  readonly cites: readonly string[];
  judge(transcript: Transcript, context: OracleContext): Finding[];
}
