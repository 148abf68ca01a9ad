import { planBatches } from '../both/plan-batches.ts';
import { runBatch, type BatchResult } from '../both/run-batch.ts';
import { renderTally, sumOf, type Tally } from '../both/tally.ts';
import { loadConfiguration, UsageError } from '../configuration.ts';
import { openTarget } from '../target/open-target.ts';
import { countOption, numberOption, textOption, type Options } from './options.ts';
import { transportsOf } from './run-options.ts';
import { serverSource } from './server.ts';

/** What 50 clients of one batch need, where the suite starts the server. */
const limits = { maxConnections: 1_000, commandsPerSecond: 10_000 };

const isClean = (tally: Tally): boolean => Object.values(tally).every((count) => count === 0);

/**
 * Tries the client of the configuration against its server, and cuts it off at every index of a run.
 *
 * Exit code 0 if nothing was missing, doubled or lost, 1 if anything was, 3 if a cut was never made or a peer did not answer.
 */
export async function both(options: Options, print: (text: string) => void): Promise<number> {
  const frames = countOption(options, 'frames', 500, 2);
  const loaded = loadConfiguration(textOption(options, 'config'));
  const { configuration, folder } = loaded;
  const driver = configuration.client?.command;
  if (driver === undefined) throw new UsageError('both needs a client and a server: the configuration must have "client", too.');
  const patienceMs = 1000 * numberOption(options, 'patience', 60, 0.1) * numberOption(options, 'timeout-scale', 1, 0.01);
  const transports = transportsOf(options) ?? ['websocket', 'sse'];

  const began = performance.now();
  const { target, close } = await openTarget(serverSource(options, loaded), patienceMs, { limits });
  const results: (BatchResult & { readonly transport: string })[] = [];
  try {
    for (const [index, plan] of planBatches(frames, transports.filter((each) => target.endpoints[each] !== undefined)).entries()) {
      const result = await runBatch(plan, { target, driver, folder, patienceMs });
      results.push({ ...result, transport: plan.transport });
      for (const sentence of result.trouble) print(`batch ${index} (${plan.transport}): ${sentence}`);
      if (!isClean(result.tally)) print(`batch ${index} (${plan.transport}, ${plan.cuts[0]?.word} to ${plan.cuts.at(-1)?.word}): ${renderTally(result.tally)}`);
    }
  } finally {
    await close();
  }
  for (const transport of transports) {
    const of = results.filter((result) => result.transport === transport);
    const [clients, cuts] = [of.reduce((sum, each) => sum + each.clients, 0), of.reduce((sum, each) => sum + each.cuts, 0)];
    print(`both, ${transport}: ${cuts} cuts in ${of.length} runs of ${frames} frames, ${clients} clients: ${renderTally(sumOf(of.map(({ tally }) => tally)))}`);
  }
  print(`${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (!isClean(sumOf(results.map(({ tally }) => tally)))) return 1;
  return results.length === 0 || results.some(({ trouble }) => trouble.length > 0) ? 3 : 0;
}
