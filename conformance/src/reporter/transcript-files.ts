import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SubjectResult } from '../run/outcome.ts';

/** Writes the transcript of every scenario that ran, one JSON Lines file each, into a folder. */
export function writeTranscripts(folder: string, subjects: readonly SubjectResult[]): void {
  for (const { subject, scenarios } of subjects) {
    for (const { scenario, variant, transcript } of scenarios) {
      if (transcript.length === 0) continue;
      const place = join(folder, subject, ...scenario.split('/').slice(0, -1));
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, `${scenario.split('/').at(-1) ?? scenario}.${variant}.jsonl`), `${transcript.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
    }
  }
}
