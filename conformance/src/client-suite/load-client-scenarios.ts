import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import Type from 'typebox';
import type { JsonFields } from '../scenario/json.ts';
import { readJsonFiles } from '../scenario/load.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { ClientScenarioFile } from './format.ts';

/** The scenarios for clients, and the logs that they play. */
export interface ClientCorpus {
  readonly scenarios: readonly ClientScenarioFile[];
  readonly logs: ReadonlyMap<string, readonly DraftOfLog[]>;
}

/** An event of a log file: it has no place and no time until it is committed. */
export type DraftOfLog = JsonFields & { readonly type: string };

const LogFile = Type.Object({ comment: Type.Optional(Type.String()), events: Type.Array(Type.Unsafe<DraftOfLog>(Type.Object({ type: Type.String() })), { minItems: 1 }) }, { title: 'LogFile', additionalProperties: false });

const scenarioSchema = Compile(ClientScenarioFile);
const logSchema = Compile(LogFile);

const logFolder = 'logs/';

/** Loads all scenarios for clients. Throws `ScenarioError` for a file that does not fit the format, or plays a log that is not there. */
export const loadClientScenarios = (folder: string): ClientCorpus => {
  const files = readJsonFiles(folder);
  const logs = new Map(files.filter(({ path }) => path.startsWith(logFolder)).map(({ path, value }) => {
    if (!logSchema.Check(value)) throw new ScenarioError(`${join(folder, path)}.json: ${complaintOf(logSchema.Errors(value))}`);
    return [path.slice(logFolder.length), value.events];
  }));
  const scenarios = files.filter(({ path }) => !path.startsWith(logFolder)).map(({ path, value }) => {
    if (!scenarioSchema.Check(value)) throw new ScenarioError(`${join(folder, path)}.json: ${complaintOf(scenarioSchema.Errors(value))}`);
    if (value.id !== `client/${path}`) throw new ScenarioError(`${join(folder, path)}.json: id must be client/${path}: got ${value.id}`);
    if (!logs.has(value.log ?? 'answer')) throw new ScenarioError(`${join(folder, path)}.json: there is no log ${value.log}`);
    return value;
  });
  return { scenarios, logs };
};

/** A union fails in each of its members; the error that lies deepest is about the step that was meant. */
const complaintOf = (errors: readonly { readonly instancePath: string; readonly message: string }[]): string => {
  const [deepest] = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  return `${deepest?.instancePath ?? ''} ${deepest?.message ?? 'does not fit the format'}`;
};
