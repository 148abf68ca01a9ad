import type { ClientScenarioFile } from './format.ts';

/** Whether a scenario is about an agent: it opens a client that is one. */
export const playsAgent = ({ steps }: Pick<ClientScenarioFile, 'steps'>): boolean =>
  steps.some((step) => JSON.stringify(step['open'] ?? step['repeat'] ?? null).includes('"role":"agent"'));
