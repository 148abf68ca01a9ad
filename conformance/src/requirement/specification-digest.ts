import { createHash } from 'node:crypto';
import type { Requirement } from './requirement.ts';

/** A digest of every requirement of a revision: the same for two runs that were judged by the same sentences. */
export function specificationDigest(requirements: ReadonlyMap<string, Requirement>): string {
  const digest = createHash('sha256');
  for (const { id, hash } of requirements.values()) digest.update(`${id} ${hash}\n`);
  return digest.digest('hex').slice(0, 16);
}
