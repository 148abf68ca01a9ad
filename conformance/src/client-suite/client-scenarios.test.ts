import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { loadRequirements } from '../requirement/load.ts';
import { beginLog } from '../host/scripted-log.ts';
import { validate } from '@durable-session/schemas';
import { loadClientScenarios } from './load-client-scenarios.ts';
import { clientOracles } from './oracle/table.ts';

const { scenarios, logs } = loadClientScenarios(join(packageFolder, 'scenarios', 'client'));
const requirements = loadRequirements();
const clientRoles = ['client', 'agent', 'both'];

describe('the client scenarios', () => {
  it('have titles of their own', () => {
    expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('%s cites rules for clients', (_, { covers, steps }) => {
    const cited = [...covers, ...[...JSON.stringify(steps).matchAll(/"cites":\[([^\]]*)\]/g)].flatMap(([, list]) => (list ?? '').split(',').map((id) => id.replaceAll('"', '')))];
    expect(cited.filter((id) => !clientRoles.includes(requirements.get(id)?.role ?? 'none'))).toEqual([]);
  });

  it.each(clientOracles.map((oracle) => [oracle.name, oracle] as const))('the oracle of %s cites rules for clients', (_, { cites }) => {
    expect(cites.filter((id) => !clientRoles.includes(requirements.get(id)?.role ?? 'none'))).toEqual([]);
  });

  it.each([...logs])('the log %s holds events that fit their schemas', (_, drafts) => {
    const { events } = beginLog('epoch-of-test', drafts, 1);
    const names = events.map(({ type }) => type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
    expect(events.flatMap((event, index) => (event.type.startsWith('x.') ? [] : (validate(names[index] ?? '', event) ?? [])))).toEqual([]);
  });

  it('play every log', () => {
    expect([...logs.keys()].filter((name) => !scenarios.some(({ log = 'answer' }) => log === name))).toEqual([]);
  });
});
