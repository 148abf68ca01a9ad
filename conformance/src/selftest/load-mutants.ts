import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { BenignClient, BenignServer, Mutant, UsageError } from '../configuration.ts';
import { ProxyRule } from '../proxy/rule.ts';

const list = Compile(Type.Array(Mutant));
const rule = Compile(ProxyRule);
const benignList = Compile(Type.Array(BenignServer));
const benignClients = Compile(Type.Array(BenignClient));

/**
 * Reads the broken peers of a configuration: those that stand in it, and those of the files, or of all files of the folders, that it names.
 *
 * A rule that has a file of its own is read too, so that each mutant has either a command or a rule. Throws `UsageError` for a file that does not fit, and for two mutants of one name.
 */
export function loadMutants(entries: readonly (Mutant | string)[], folder: string): Mutant[] {
  const mutants = entries.flatMap((entry) => (typeof entry === 'string' ? filesOf(resolve(folder, entry)).flatMap(readList) : [entry])).map((mutant) => withRule(mutant, folder));
  const twice = mutants.find(({ name }, index) => mutants.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new UsageError(`mutants must have names of their own: two are called ${twice.name}`);
  return mutants;
}

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => join(path, file))
    : [path];

function withRule({ proxy, ...mutant }: Mutant, folder: string): Mutant {
  if (proxy !== undefined) return { ...mutant, rule: loadRule(resolve(folder, proxy)) };
  if (mutant.command === undefined && mutant.rule === undefined) throw new UsageError(`mutant ${mutant.name} must have a command or a rule`);
  return mutant;
}

/** Reads the rule of a proxy. Throws `UsageError` for one that does not fit. */
export const loadRule = (file: string): ProxyRule => read(file, rule, 'a rule');

/** Reads the unusual servers of a configuration. Throws `UsageError` for a file that does not fit. */
export const loadBenignServers = (files: readonly string[], folder: string): BenignServer[] => files.flatMap((file) => read(resolve(folder, file), benignList, 'a list of unusual servers'));

/** Reads the unusual clients of a configuration. Throws `UsageError` for a file that does not fit. */
export const loadBenignClients = (files: readonly string[], folder: string): BenignClient[] => files.flatMap((file) => read(resolve(folder, file), benignClients, 'a list of unusual clients'));

const readList = (file: string): Mutant[] => read(file, list, 'a list of mutants');

function read<Value>(file: string, schema: { Check(value: unknown): value is Value; Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[] }, what: string): Value {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (schema.Check(value)) return value;
  const [first] = schema.Errors(value);
  throw new UsageError(`${file} must be ${what}: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
}
