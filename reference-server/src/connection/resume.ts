import type { Position, SnapshotReason } from '@durable-session/schemas';

/** What a position is judged against: one committed moment of a log. */
export interface LogBounds {
  readonly epoch: string;
  readonly head: number;
  /** The first event that is retained. */
  readonly first: number;
}

export type ResumeDecision =
  | { readonly resume: 'resumed'; readonly position: Position }
  | { readonly resume: 'snapshot'; readonly reason: SnapshotReason; readonly position: Position };

const epochPattern = /^[A-Za-z0-9_-]{11,64}$/;

/** Reads the position of a `hello`; whatever does not parse counts as none (RESUME-3). */
export function readPosition(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null || !('epoch' in value) || !('seq' in value)) return undefined;
  const { epoch, seq } = value;
  const isLegal = typeof epoch === 'string' && epochPattern.test(epoch) && Number.isSafeInteger(seq) && Number(seq) >= 0;
  return isLegal ? { epoch, seq: Number(seq) } : undefined;
}

/** Decides between replay and snapshot (RESUME-1 to RESUME-8). */
export function decideResume(position: Position | undefined, bounds: LogBounds, replayMaxEvents: number): ResumeDecision {
  const reason = reasonForSnapshot(position, bounds, replayMaxEvents);
  if (reason === undefined && position) return { resume: 'resumed', position };
  return { resume: 'snapshot', reason: reason ?? 'no_position', position: { epoch: bounds.epoch, seq: bounds.head } };
}

function reasonForSnapshot(position: Position | undefined, { epoch, head, first }: LogBounds, replayMaxEvents: number): SnapshotReason | undefined {
  if (!position) return 'no_position';
  if (position.epoch !== epoch) return 'epoch_changed';
  if (position.seq > head) return 'ahead';
  if (position.seq < head && position.seq + 1 < first) return 'trimmed';
  return head - position.seq > replayMaxEvents ? 'too_far_behind' : undefined;
}
