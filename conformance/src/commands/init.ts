import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { configurationFile, loadConfiguration, UsageError } from '../configuration.ts';
import { packageFolder } from '../package-folder.ts';
import { driverLanguages, initialSections, type InitPlan } from './init-files.ts';
import { chosenOptions, textOption, type Options } from './options.ts';
import { splitCommand } from './split-command.ts';

/** Where an installed suite has the schema of the configuration, for editors. */
const schemaPath = './node_modules/@durable-session/conformance/configuration.schema.json';

/** Writes a configuration with comments, and for a client the skeleton of its driver; asks what it is not told, on a terminal. Never writes over what is there, unless forced. */
export async function init(options: Options, print: (text: string) => void): Promise<number> {
  const plan = planOf(options) ?? (await ask());
  const path = resolve(textOption(options, 'config') ?? configurationFile);
  const sections = initialSections(plan);
  const before = existsSync(path) ? loadConfiguration(path).configuration : undefined;
  const isForced = options.values.force === true;
  const taken = Object.keys(sections).find((section) => before !== undefined && Object.hasOwn(before, section));
  if (taken !== undefined && !isForced) throw new UsageError(`${path} has a "${taken}" already: --force writes over it`);
  const language = plan.client === undefined ? undefined : driverLanguages[plan.client];
  if (language !== undefined && existsSync(language.file) && !isForced) throw new UsageError(`${resolve(language.file)} is there already: --force writes over it`);

  if (language !== undefined) {
    writeFileSync(language.file, readFileSync(join(packageFolder, 'drivers', language.skeleton)));
    print(`wrote ${language.file}: fill in its functions, open, view and close first`);
  }
  const head = before ?? { ...(existsSync(schemaPath) ? { $schema: schemaPath } : {}), $comment: ['What the conformance suite of the Durable Session Protocol tests in this folder: npx @durable-session/conformance'] };
  writeFileSync(path, `${JSON.stringify({ ...head, ...sections }, undefined, 2)}\n`);
  print(`wrote ${path}`);
  print(`now: npx @durable-session/conformance ${plan.server === undefined ? 'client' : 'server'}`);
  return 0;
}

/** What the options ask for; undefined if they say nothing. */
function planOf(options: Options): InitPlan | undefined {
  const [client] = chosenOptions(options, 'client', Object.keys(driverLanguages)) ?? [];
  const url = textOption(options, 'url');
  const command = textOption(options, 'command');
  if (url !== undefined && command !== undefined) throw new UsageError('init takes --url of a server that runs, or the --command that starts it, and not both');
  const typed = url ?? command;
  if (typed === undefined && client === undefined) return undefined;
  return { ...(typed === undefined ? {} : { server: serverOf(typed, url !== undefined) }), ...(client === undefined ? {} : { client }) };
}

function serverOf(typed: string, isUrl: boolean): NonNullable<InitPlan['server']> {
  if (isUrl && !/^https?:\/\//.test(typed)) throw new UsageError(`--url must be a URL such as http://localhost:8787: got ${typed}`);
  return isUrl ? { url: typed } : { command: splitCommand(typed) };
}

async function ask(): Promise<InitPlan> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError('init must be told what to test where there is nobody to ask: --url http://localhost:8787, --command "node my-server.js", --client typescript, python or go');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  terminal.on('SIGINT', () => process.exit(130));
  try {
    const server = (await terminal.question('The server to test: its URL, or the command that starts it; nothing for none\n> ')).trim();
    const client = await askForLanguage(async (question) => (await terminal.question(question)).trim().toLowerCase());
    if (server === '' && client === '') throw new UsageError('Nothing was written: there is neither a server nor a client to test.');
    return { ...(server === '' ? {} : { server: serverOf(server, /^https?:\/\//.test(server)) }), ...(client === '' ? {} : { client }) };
  } finally {
    terminal.close();
  }
}

/** Asks until the answer is a language, or nothing. */
async function askForLanguage(question: (text: string) => Promise<string>): Promise<string> {
  for (;;) {
    const answer = await question(`The client to test: the language of its driver (${Object.keys(driverLanguages).join(', ')}); nothing for none\n> `);
    if (answer === '' || Object.hasOwn(driverLanguages, answer)) return answer;
  }
}
