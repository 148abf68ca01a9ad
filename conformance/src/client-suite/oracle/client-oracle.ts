import type { FrameEntry, Transcript } from '../../transcript/entry.ts';
import type { Finding } from '../../verdict/check.ts';

/** One rule that every client keeps in every scenario. Pure; it reports what it found to hold too, so that a rule that was never exercised shows. */
export interface ClientOracle {
  readonly name: string;
  /** Every requirement that its findings may cite. */
  readonly cites: readonly string[];
  judge(transcript: Transcript, context: ClientContext): Omit<Finding, 'source'>[];
}

/** What a client oracle may know beside the transcript. */
export interface ClientContext {
  /** Every token that the application has been given. */
  readonly tokens: readonly string[];
  /** The nesting that the scripted server accepts. */
  readonly maxDepth: number;
}

/** Lists the frames that clients sent. */
export const sentByClients = (transcript: Transcript): readonly FrameEntry[] => transcript.filter((entry): entry is FrameEntry => entry.kind === 'frame' && entry.direction === 'to-server');

/** A finding that holds, for a rule that was exercised on these lines. */
export const held = (cites: readonly string[], expected: string, lines: readonly number[]): Omit<Finding, 'source'> => ({ cites, held: true, expected, lines });

/** A finding that a client broke a rule. */
export const broken = (cites: readonly string[], expected: string, actual: string, lines: readonly number[]): Omit<Finding, 'source'> => ({ cites, held: false, expected, actual, lines });
