/*
 * Judges how a client spreads its attempts, from many waits measured on the wire.
 *
 * A wait before attempt n is to be uniform in [0, min(cap, base x 2^n)]. What is measured is that and what comes on
 * top on the way: the client's timer, the connect, the runner. Of that this file assumes that it is below `latenessMs`
 * in 99 of 100 waits, independently; a runner that was itself late does not judge at all. Each test is one-sided and
 * counts, so that a few late waits prove nothing. With the counts of one run (80 first waits, 120 at the cap), the
 * chance that a good client fails, by the binomial distribution:
 *
 *   above the cap      more than 15 of 120 late          B(120, 0.01) > 15            < 1e-11
 *   no jitter          fewer than 20 of 120 below cap/2  B(120, 0.37) < 20            < 1e-6    0.37 = 0.99 x (1/2 - 100/800)
 *   no wait            fewer than 30 of 120 above cap/2  B(120, 0.5) < 30             < 1e-8
 *   no first wait      fewer than 36 of 80 above 0.3 x base  B(80, 0.7) < 36          < 1e-6
 *   first wait whole   fewer than 5 of 80 below 0.75 x base, where lateness may be up to half of base
 *                                                        B(80, 0.2475) < 5            < 1e-5 / 2   0.2475 = 0.99 x 0.25
 *   first not reset    more than 12 of 80 above base + latenessMs   B(80, 0.01) > 12  < 1e-10
 *
 * Together below 1 in 100,000. `judge-backoff.test.ts` computes these sums, and tries good and bad clients.
 */

/** One measured wait: its number since the last reset, from 0. */
export interface Wait {
  readonly n: number;
  readonly ms: number;
}

/** What the client was told to do. */
export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** A test that failed, with the rule that it shows broken. */
export interface BackoffFault {
  readonly cites: readonly string[];
  readonly expected: string;
  readonly actual: string;
}

/** What a wait may come late by, in all but one of a hundred. */
export const latenessMs = 100;

/** The counts at which each test fails; the comment above says how rarely a good client gets there. */
export const counts = { aboveCap: 15, belowHalf: 20, aboveHalf: 30, firstAbove: 36, firstBelow: 5, firstNotReset: 12 } as const;

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Names everything that is wrong with the waits of one run. */
export const judgeBackoff = (waits: readonly Wait[], { baseMs, capMs }: Backoff): readonly BackoffFault[] => {
  const capped = waits.filter(({ n }) => baseMs * 2 ** n >= capMs).map(({ ms }) => ms);
  const first = waits.filter(({ n }) => n === 0).map(({ ms }) => ms);
  const below = (list: readonly number[], ms: number): number => list.filter((each) => each < ms).length;
  const above = (list: readonly number[], ms: number): number => list.filter((each) => each > ms).length;
  const tell = (count: number, of: readonly number[], what: string): string => `${count} of ${of.length} (${percent(count / of.length)}) are ${what}`;
  const faults: BackoffFault[] = [];
  const late = above(capped, capMs + latenessMs);
  if (late > counts.aboveCap) faults.push({ cites: ['RECONNECT-2', 'RECONNECT-1'], expected: `no wait above the cap of ${capMs} ms`, actual: tell(late, capped, `above ${capMs + latenessMs} ms`) });
  const low = below(capped, capMs / 2);
  if (low < counts.belowHalf) faults.push({ cites: ['RECONNECT-1', 'RECONNECT-2'], expected: `about half of the waits at the cap are below ${capMs / 2} ms, because they are drawn from the whole range`, actual: tell(low, capped, 'below') });
  const high = above(capped, capMs / 2);
  if (high < counts.aboveHalf) faults.push({ cites: ['RECONNECT-1'], expected: `about half of the waits at the cap are above ${capMs / 2} ms`, actual: tell(high, capped, 'above') });
  const waited = above(first, 0.3 * baseMs);
  if (waited < counts.firstAbove) faults.push({ cites: ['RECONNECT-1'], expected: `two of three first waits are above ${0.3 * baseMs} ms, because the first is drawn too`, actual: tell(waited, first, 'above') });
  const short = below(first, 0.75 * baseMs);
  if (short < counts.firstBelow) faults.push({ cites: ['RECONNECT-1'], expected: `three of four first waits are below ${0.75 * baseMs} ms`, actual: tell(short, first, 'below') });
  const long = above(first, baseMs + latenessMs);
  if (long > counts.firstNotReset) faults.push({ cites: ['RECONNECT-3'], expected: `the first wait after a healthy connection is at most ${baseMs} ms`, actual: tell(long, first, `above ${baseMs + latenessMs} ms`) });
  return faults;
};
