import { UsageError } from '../configuration.ts';
import type { Options } from './options.ts';

/** Tests the suite itself by broken peers. */
export function selftest(_options: Options, _print: (text: string) => void): number {
  throw new UsageError('selftest has no broken peers yet.');
}
