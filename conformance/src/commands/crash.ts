import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration, UsageError } from '../configuration.ts';
import { planCrash } from '../crash/crash-plan.ts';
import { tryCrash } from '../crash/crash-try.ts';
import { judgeTranscript } from '../oracle/judge.ts';
import { chanceOf, randomSeed } from '../run/chance.ts';
import { openTarget } from '../target/open-target.ts';
import { countOption, textOption, type Options } from './options.ts';
import { patienceOf, transportsOf } from './run-options.ts';
import { serverSource } from './server.ts';

/**
 * Kills the server at seeded random moments of a stream and checks that nothing that anybody saw is lost, changed or doubled.
 *
 * Every try is judged by its own contradictions and by every oracle. Exit code 0 if all tries held, 1 if one did not.
 */
export async function crash(options: Options, print: (text: string) => void): Promise<number> {
  const tries = countOption(options, 'tries', 20, 1);
  const seed = countOption(options, 'seed', randomSeed(), 0);
  const patienceMs = patienceOf(options);
  const out = textOption(options, 'out');
  const source = serverSource(options, loadConfiguration(textOption(options, 'config')));
  if (source.kind !== 'command') throw new UsageError('crash needs a server that it can kill: give --command, or a configuration with one.');

  const began = performance.now();
  const { target, close } = await openTarget(source, patienceMs);
  let failed = 0;
  let acks = 0;
  try {
    const claimed = (['websocket', 'sse'] as const).filter((transport) => target.endpoints[transport] !== undefined && (transportsOf(options)?.includes(transport) ?? true));
    for (let index = 0; index < tries; index++) {
      const plan = planCrash(seed, index, claimed);
      const process = target.process;
      if (process === undefined) throw new UsageError('crash needs a server that it can kill.');
      const { contradictions, transcript, acksBefore } = await tryCrash(target, process, plan, patienceMs, chanceOf({ number: seed, salt: '' }, `crash ${index}`));
      const judged = judgeTranscript(transcript, { target: target.discovery, patienceMs });
      const broken = judged.findings.filter(({ held }) => !held).map(({ source: judge, cites, actual }) => `${judge} (${cites.join(', ')}): ${actual ?? ''}`);
      const found = [...contradictions, ...broken, ...(judged.harnessFault === undefined ? [] : [`the suite itself: ${judged.harnessFault}`])];
      acks += acksBefore;
      if (found.length === 0) continue;
      failed += 1;
      print(`try ${index} (seed ${seed}, ${plan.transport} before the kill, ${acksBefore} appends acknowledged):`);
      for (const sentence of found) print(`  ${sentence}`);
      if (out === undefined) continue;
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, `crash-${seed}-${index}.jsonl`), transcript.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    }
  } finally {
    await close();
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  print(`crash: ${tries - failed} of ${tries} tries lost and doubled nothing (seed ${seed}; ${acks} appends acknowledged before the kills; ${seconds} s)`);
  return failed === 0 ? 0 : 1;
}
