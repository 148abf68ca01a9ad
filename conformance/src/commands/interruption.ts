/** Why a run ends before everything that was selected has run. */
export type StopReason = 'interrupted' | 'first failure';

/** The means to stop a run, and to hear that it is to stop. */
export interface Interruption {
  readonly signal: AbortSignal;
  stop(reason: StopReason): void;
  /** Why the run was stopped; undefined while it was not. */
  reason(): StopReason | undefined;
}

/** The exit code of a program that Ctrl-C ended at once. */
const interruptedCode = 130;

/**
 * Listens for Ctrl-C (and SIGTERM, which CI sends), to the end of the process.
 *
 * The first stops the run in order: nothing is begun, and what was found so far is told. The second ends the process at once; its exit handlers end the servers.
 */
export function listenForInterrupt(tell: (sentence: string) => void): Interruption {
  const controller = new AbortController();
  let why: StopReason | undefined;
  let signals = 0;
  const stop = (reason: StopReason): void => {
    why ??= reason;
    controller.abort();
  };
  const interrupt = (): void => {
    signals += 1;
    if (signals > 1) process.exit(interruptedCode);
    tell('Interrupted: no scenario is begun any more, and what was found so far follows. Ctrl-C again ends at once.');
    stop('interrupted');
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return { signal: controller.signal, stop, reason: () => why };
}
