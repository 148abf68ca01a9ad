import type { ScenarioResult } from '../run/outcome.ts';

/** Rewrites one line of a terminal with how far a run is; writes nothing where the output is no terminal. */
export interface Progress {
  /** Says that a subject is being started and looked at, before there is a result. */
  begin(subject: string): void;
  show(subject: string, result: ScenarioResult, done: number, total: number): void;
  clear(): void;
}

/** Creates the progress line of a stream. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let failed = 0;
  if (!stream.isTTY) return { begin: () => undefined, show: () => undefined, clear: () => undefined };
  const write = (text: string): void => void stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
  return {
    begin: (subject) => write(`${subject}: starting …`),
    show(subject, result, done, total) {
      if (result.outcome === 'fail' || result.outcome === 'harness error') failed += 1;
      const text = `${subject} ${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}  ${result.scenario} (${result.variant})`;
      write(text);
    },
    clear: () => void stream.write('\r\u001b[2K'),
  };
}
