import { stepKinds } from '../step/table.ts';
import { Fragment, Scenario } from './scenario.ts';

/** The JSON Schema of scenario files, with every kind of step, as it is published. */
export function scenarioDocument(): string {
  const steps = stepKinds.map(({ kind, schema }) => ({ ...schema, title: kind, required: [kind] }));
  const document = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Scenario',
    description: 'A scenario for servers; each member of `$defs.steps` is one kind of step, named by its first key.',
    ...Scenario,
    properties: { ...Scenario.properties, steps: { type: 'array', minItems: 1, items: { $ref: '#/$defs/step' } } },
    $defs: { step: { anyOf: steps }, Fragment },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
