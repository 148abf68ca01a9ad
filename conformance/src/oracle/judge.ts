import type { Transcript } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import type { Oracle, OracleContext } from './oracle.ts';
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
  return judgementOf(transcript, oracles.flatMap((oracle) => findingsOf(oracle, transcript, context)));
}

/** As `judgeTranscript`, and lets others run between the oracles: a transcript of many megabytes would make every timed scenario beside it late. */
export async function judgeInSlices(transcript: Transcript, context: OracleContext): Promise<Judgement> {
  const findings: Finding[] = [];
  for (const oracle of oracles) {
    findings.push(...findingsOf(oracle, transcript, context));
    await new Promise((settle) => setImmediate(settle));
  }
  return judgementOf(transcript, findings);
}

const findingsOf = (oracle: Oracle, transcript: Transcript, context: OracleContext): Finding[] => oracle.judge(transcript, context).map((finding) => ({ ...finding, source: `oracle ${oracle.name}` }));

function judgementOf(transcript: Transcript, findings: readonly Finding[]): Judgement {
  // What a broken log folds to is nobody's promise.
  const harnessFault = harnessFaultOf(transcript) ?? (findings.every(({ held }) => held) ? foldFaultOf(transcript) : undefined);
  return { findings, ...(harnessFault === undefined ? {} : { harnessFault }) };
}
