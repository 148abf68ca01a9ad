import type { Scenario } from '../scenario/scenario.ts';
import { isShareable } from './own-servers.ts';

/** One way to give transports to the participants of a scenario. */
export interface Variant {
  readonly name: 'websocket' | 'sse' | 'mixed';
  readonly transports: ReadonlyMap<string, 'websocket' | 'sse'>;
}

type Transport = 'websocket' | 'sse';

/** The variants in which a scenario runs against a target: every transport that it claims, and both at once where participants meet. */
export function expandVariants(scenario: Scenario, claimed: readonly Transport[]): Variant[] {
  const participants = Object.entries(scenario.participants);
  const pinned = new Map(participants.flatMap(([name, data]) => (typeof data === 'object' && data.transport !== undefined ? [[name, data.transport] as const] : [])));
  const free = participants.map(([name]) => name).filter((name) => !pinned.has(name));
  const give = (name: Variant['name'], transportAt: (index: number) => Transport): Variant => ({
    name,
    transports: new Map([...pinned, ...free.map((participant, index) => [participant, transportAt(index)] as const)]),
  });
  const variants = [
    ...claimed.map((transport) => give(transport, () => transport)),
    ...(claimed.length === 2 && participants.length > 1 && free.length > 0 ? [give('mixed', (index) => (index % 2 === 0 ? 'sse' : 'websocket'))] : []),
  ];
  const wanted = wantedVariants(scenario, claimed, variants);
  return variants
    .filter(({ name }) => wanted === undefined || wanted.includes(name))
    .filter(({ transports }) => [...transports.values()].every((transport) => claimed.includes(transport)));
}

/**
 * The names of the variants to run; undefined for all.
 *
 * Where a server has one transport, that stands for both at once. A scenario that ends its server runs with both transports at once where it can: a start costs more than everything else in it.
 */
function wantedVariants(scenario: Scenario, claimed: readonly Transport[], variants: readonly Variant[]): readonly string[] | undefined {
  if (claimed.length === 1 && scenario.transports?.includes('mixed') === true) return undefined;
  const endsItsServer = scenario.server !== undefined && !isShareable(scenario);
  return scenario.transports ?? (endsItsServer && variants.some(({ name }) => name === 'mixed') ? ['mixed'] : undefined);
}
