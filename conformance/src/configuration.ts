import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { didYouMean } from './commands/nearest.ts';
import { ProxyRule } from './proxy/rule.ts';

const Command = Type.Array(Type.String(), { minItems: 1, description: 'The program and its arguments; a first word node stands for the Node that runs the suite.' });

/** JSON has no comments, so that every tool can read the file; what people are to know stands in members of this name. */
const Comment = Type.Union([Type.String(), Type.Array(Type.String())], { description: 'For people; it means nothing to the suite.' });

const RequirementId = Type.String({ pattern: '^[A-Z]+-[0-9]+$' });

/** A broken peer, and what must notice it. */
export const Mutant = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]+$' }),
    breaks: RequirementId,
    truth: Type.Optional(Type.String({ description: 'What it does wrong, in one sentence.' })),
    alsoFails: Type.Optional(Type.Array(RequirementId)),
    reason: Type.Optional(Type.String({ description: 'Why those of alsoFails fall with it.' })),
    command: Type.Optional(Command),
    rule: Type.Optional(ProxyRule),
    proxy: Type.Optional(Type.String({ description: 'A file with the rule of a proxy in front of the good server.' })),
  },
  { additionalProperties: false },
);
export interface Mutant extends Static<typeof Mutant> {}

/** An unusual server that breaks nothing: another command, or the good one with other limits. */
export const BenignServer = Type.Object(
  { name: Type.String({ pattern: '^[a-z0-9-]+$' }), truth: Type.String(), command: Type.Optional(Command), limits: Type.Optional(Type.Record(Type.String(), Type.Integer())) },
  { additionalProperties: false },
);
export interface BenignServer extends Static<typeof BenignServer> {}

/** An unusual client or agent that breaks nothing. */
export const BenignClient = Type.Object({ name: Type.String({ pattern: '^[a-z0-9-]+$' }), truth: Type.String(), command: Command }, { additionalProperties: false });
export interface BenignClient extends Static<typeof BenignClient> {}

const Mutants = Type.Array(Type.Union([Mutant, Type.String()]), { description: 'Broken peers, or files and folders with lists of them.' });

/** The file that says what to test: `conformance.config.json` of the current folder. */
export const Configuration = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    $comment: Type.Optional(Comment),
    server: Type.Optional(
      Type.Object(
        {
          $comment: Type.Optional(Comment),
          url: Type.Optional(Type.String({ description: 'The base URL of a server that runs. It needs `tokens`.' })),
          command: Type.Optional(Command),
          limits: Type.Optional(Type.Record(Type.String(), Type.Integer(), { description: 'With a command: the limits that the server is asked to have, by the names of discovery. Short timers let more rules be tested.' })),
          tokens: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'With a URL: the token of each credential. ${NAME} stands for a variable of the environment.' })),
          hooks: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Literal('stdin'), Command]), { description: 'What no client can cause (trim, revoke, allow, clock, unreachable, limits), by a line on the standard input of a server that the suite starts, or by a program whose arguments may hold {session} and the like.' })),
          scripted: Type.Optional(Type.Boolean({ description: 'A server that does not claim agents plays the scripts of messages (SCRIPTED-AGENT.md).' })),
          mutants: Type.Optional(Mutants),
          benign: Type.Optional(Type.Array(Type.String(), { description: 'Files with lists of unusual servers that break nothing.' })),
        },
        { additionalProperties: false },
      ),
    ),
    client: Type.Optional(Type.Object({ $comment: Type.Optional(Comment), command: Type.Optional(Command), mutants: Type.Optional(Mutants), benign: Type.Optional(Type.Array(Type.String(), { description: 'Files with lists of unusual clients and agents that break nothing.' })) }, { additionalProperties: false })),
  },
  { title: 'Configuration', additionalProperties: false },
);
export interface Configuration extends Static<typeof Configuration> {}

const schema = Compile(Configuration);

/** A wrong option, file or selection: a sentence for people and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

/** A configuration with the folder that its commands and files are relative to. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly folder: string;
}

/** The name of the file that is read unless another is given. */
export const configurationFile = 'conformance.config.json';

/** Reads the configuration; without a file of the usual name it is empty. Throws `UsageError`. */
export function loadConfiguration(path: string | undefined): LoadedConfiguration {
  const file = resolve(path ?? configurationFile);
  if (!existsSync(file) || !statSync(file).isFile()) {
    if (path !== undefined) throw new UsageError(`--config must be a file: got ${path}`);
    return { configuration: {}, folder: process.cwd() };
  }
  const value = parse(readFileSync(file, 'utf8'), file);
  if (!schema.Check(value)) {
    throw new UsageError(`${file}: ${misfit(schema.Errors(value))}`);
  }
  return { configuration: value, folder: dirname(file) };
}

/** The members that a place of the file may have, for nearest names. */
const members: { readonly [place: string]: readonly string[] } = {
  '': Object.keys(Configuration.properties),
  '/server': Object.keys(Configuration.properties.server.properties),
  '/client': Object.keys(Configuration.properties.client.properties),
};

/** Tells a member that nobody knows first, and then the misfit that lies deepest. */
function misfit(errors: readonly { readonly instancePath: string; readonly message: string; readonly keyword: string }[]): string {
  const unknown = errors.find(({ keyword }) => keyword === 'boolean');
  if (unknown !== undefined) {
    const [place = '', name = ''] = [unknown.instancePath.slice(0, unknown.instancePath.lastIndexOf('/')), unknown.instancePath.split('/').at(-1)];
    return `${unknown.instancePath} means nothing${didYouMean(name, members[place] ?? [])}`;
  }
  const [deepest] = errors.toSorted((left, right) => right.instancePath.length - left.instancePath.length);
  return `${deepest?.instancePath ?? ''} ${deepest?.message ?? 'must fit the schema of the configuration'}`;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
