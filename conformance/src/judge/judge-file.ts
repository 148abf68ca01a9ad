import { defaultLimits, type Limits } from '@durable-session/schemas';
import { hiddenTokens } from '../client-suite/oracle/requests.ts';
import { judgeClientTranscript } from '../client-suite/oracle/table.ts';
import { judgeTranscript, type Judgement } from '../oracle/judge.ts';
import type { Subject } from '../run/outcome.ts';
import { isFields } from '../scenario/json.ts';
import type { Transcript } from '../transcript/entry.ts';

/** Whom a transcript is about: only where a client is under test does a driver speak. */
export const subjectOf = (transcript: Transcript): Subject => (transcript.some(({ kind, connection }) => kind === 'note' && connection.endsWith(' driver')) ? 'client' : 'server');

/** The limits that a transcript's server advertised: those of the first `welcome` that tells each, and the defaults for the rest. */
export function limitsOf(transcript: Transcript): Limits {
  const told = transcript.flatMap((entry) => (entry.kind === 'frame' && entry.frame['type'] === 'welcome' && isFields(entry.frame['limits']) ? [entry.frame['limits']] : []));
  const known = (name: string): number | undefined => told.map((limits) => limits[name]).find((value) => typeof value === 'number');
  const limits: Limits = { ...defaultLimits };
  for (const [name, value] of Object.entries(defaultLimits)) Object.assign(limits, { [name]: known(name) ?? value });
  return limits;
}

/**
 * Judges a recorded transcript by every oracle, as when it was made.
 *
 * What the steps of its scenario expected is not judged again. Tokens are redacted in a file, so that the rule that hides them is left out.
 */
export function judgeRecorded(transcript: Transcript, subject: Subject, patienceMs: number): Judgement {
  const limits = limitsOf(transcript);
  if (subject === 'server') return judgeTranscript(transcript, { target: { profiles: [], limits }, patienceMs });
  const findings = judgeClientTranscript(transcript, { tokens: [], maxDepth: limits.maxDepth });
  return { findings: findings.filter(({ source }) => source !== `oracle ${hiddenTokens.name}`) };
}
