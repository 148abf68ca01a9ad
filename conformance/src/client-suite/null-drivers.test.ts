import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { Requirement } from '../requirement/requirement.ts';
import { exitCodeOf } from '../verdict/run-verdict.ts';
import { loadClientScenarios } from './load-client-scenarios.ts';
import { runClientSuite } from './run-client-suite.ts';

const folder = join(packageFolder, 'control', 'null-driver');
const requirements = loadRequirements();
const requirementOf = (id: string): Requirement | undefined => requirements.get(id);
const corpus = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));

describe('drivers without a client', () => {
  it.concurrent.each(readdirSync(folder))('gives %s no credit, and soon says why', async (file) => {
    const result = await runClientSuite({ command: ['node', join(folder, file)], cwd: folder, corpus, transports: ['websocket', 'sse'], jobs: 8, patienceMs: 1000, firstAnswerMs: 2000, requirementOf });
    expect(result.scenarios).toEqual([]);
    expect(result.refusal?.sentence).toBeTypeOf('string');
    expect(exitCodeOf([result])).not.toBe(0);
    expect(result.durationMs).toBeLessThan(10_000);
  });

  it('says what is wrong when the command does not exist', async () => {
    const result = await runClientSuite({ command: ['no-such-driver-here'], cwd: folder, corpus, transports: ['sse'], jobs: 1, patienceMs: 1000, requirementOf });
    expect(result.refusal).toMatchObject({ exitCode: 2, sentence: expect.stringContaining('does not start') });
  });
});
