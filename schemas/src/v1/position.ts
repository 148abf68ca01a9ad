import type { Position } from './place.ts';

const positionPattern = /^([A-Za-z0-9_-]{11,64})\.(0|[1-9][0-9]{0,15})$/;

/** Renders a position as the string `epoch.seq` of URLs and headers. */
export const renderPosition = (position: Position): string => `${position.epoch}.${position.seq}`;

/** Reads the string form of a position; returns undefined for anything else, which counts as no position. */
export function parsePosition(text: string): Position | undefined {
  const [, epoch, digits] = positionPattern.exec(text) ?? [];
  const seq = Number(digits);
  return epoch !== undefined && Number.isSafeInteger(seq) ? { epoch, seq } : undefined;
}
