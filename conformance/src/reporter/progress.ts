import type { ScenarioResult } from '../run/outcome.ts';

/** Rewrites one line of a terminal with how far a run is; writes nothing where the output is no terminal. */
export interface Progress {
  show(subject: string, result: ScenarioResult, done: number, total: number): void;
  clear(): void;
}

/** Creates the progress line of a stream. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let failed = 0;
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  return {
    show(subject, result, done, total) {
      if (result.outcome === 'fail' || result.outcome === 'harness error') failed += 1;
      const text = `${subject} ${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}  ${result.scenario} (${result.variant})`;
      stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
    },
    clear: () => void stream.write('\r\u001b[2K'),
  };
}
