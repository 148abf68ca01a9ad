/** Watches how late this process is by its own clock, from now on. */
export function loopDelay(): { longestMs(): number } {
  const everyMs = 50;
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - everyMs);
    last = now;
  }, everyMs);
  timer.unref();
  return {
    longestMs() {
      clearInterval(timer);
      return longest;
    },
  };
}
