import { TargetRefused } from '../target/discover.ts';

/** Waits for something, but no longer than until the run is stopped. Throws `TargetRefused` then: nothing has been judged. */
export function untilStopped<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((settle, fail) => {
    const stop = (): void => fail(new TargetRefused(3, 'the run was stopped before anything was judged'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(settle, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}
