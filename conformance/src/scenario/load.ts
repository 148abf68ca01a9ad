import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Compile } from 'typebox/compile';
import type { TSchema } from 'typebox';
import { Fragment, Scenario } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';

const scenarioSchema = Compile(Scenario);
const fragmentSchema = Compile(Fragment);

/** Scenario files of one role, with the fragments that they use. */
export interface Corpus {
  readonly scenarios: readonly Scenario[];
  readonly fragments: ReadonlyMap<string, Fragment>;
}

interface Checker {
  Check(value: unknown): boolean;
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[];
}

const complaint = (schema: Checker, value: unknown): string => {
  const [first] = schema.Errors(value);
  return `${first?.instancePath ?? ''} ${first?.message ?? 'does not fit the schema'}`;
};

/** Every JSON file under a folder, with its path relative to it, without the extension. Throws `ScenarioError` for one that is no JSON. */
export function readJsonFiles(folder: string): { readonly path: string; readonly value: unknown }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => {
      try {
        const value: unknown = JSON.parse(readFileSync(join(folder, path), 'utf8'));
        return { path: path.split(sep).join('/').replace(/\.json$/, ''), value };
      } catch (error) {
        throw new ScenarioError(`${path} must be JSON: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
}

/** Loads the scenarios of a role and the fragments beside them. Throws `ScenarioError` for a file that does not fit the schema. */
export function loadCorpus(folder: string, role: 'server' | 'client'): Corpus {
  const scenarios = readJsonFiles(join(folder, role)).map(({ path, value }) => {
    if (!scenarioSchema.Check(value)) throw new ScenarioError(`scenarios/${role}/${path}.json: ${complaint(scenarioSchema, value)}`);
    return value;
  });
  const fragments = readJsonFiles(join(folder, 'fragments')).map(({ path, value }) => {
    if (!fragmentSchema.Check(value)) throw new ScenarioError(`scenarios/fragments/${path}.json: ${complaint(fragmentSchema, value)}`);
    return value;
  });
  return { scenarios, fragments: new Map(fragments.map((fragment) => [fragment.id, fragment])) };
}

/** The schema that scenario files fit, as it is published. */
export const scenarioFileSchema: TSchema = Scenario;
