import type { Transcript } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import type { OracleContext } from './oracle.ts';
import { harnessFaultOf } from './own-frames.ts';
import { oracles } from './table.ts';
import { foldFaultOf } from './two-folds.ts';

/** What all oracles say of a transcript; a frame of ours that is wrong by mistake is a fault of the harness, and then nothing else counts. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly harnessFault?: string;
}

/** Judges a transcript by every oracle. */
export function judgeTranscript(transcript: Transcript, context: OracleContext): Judgement {
  const findings = oracles.flatMap((oracle) => oracle.judge(transcript, context).map((finding) => ({ ...finding, source: `oracle ${oracle.name}` })));
  // What a broken log folds to is nobody's promise.
  const harnessFault = harnessFaultOf(transcript) ?? (findings.every(({ held }) => held) ? foldFaultOf(transcript) : undefined);
  return { findings, ...(harnessFault === undefined ? {} : { harnessFault }) };
}
