/** One option: what follows it, and what it is for. */
export interface OptionRow {
  readonly type: 'string' | 'boolean';
  /** What follows it, for the help. */
  readonly value?: string;
  /** Whether it may be given several times, or hold several words with commas between them. */
  readonly list?: true;
  readonly short?: string;
  readonly help: string;
}

const rows = {
  url: { type: 'string', value: 'URL', help: 'the server to test, by its address' },
  command: { type: 'string', value: 'COMMAND', help: 'what is to be tested, by the command that starts it' },
  config: { type: 'string', value: 'FILE', help: 'in place of conformance.config.json of this folder' },
  only: { type: 'string', value: 'WORD', list: true, help: 'scenarios that match a glob such as resume/*, or that cover a requirement such as RESUME-7; several with commas, or given several times' },
  profile: { type: 'string', value: 'NAME', list: true, help: 'scenarios of these profiles; core for those that need no other' },
  transport: { type: 'string', value: 'ws,sse', list: true, help: 'these transports' },
  role: { type: 'string', value: 'ROLE', help: 'server, client (its agents too), or agent (alone)' },
  jobs: { type: 'string', value: 'N', help: 'scenarios at a time' },
  seed: { type: 'string', value: 'N', help: 'decides the order of scenarios, the ids, and who is first in a race; by chance if absent, and always printed' },
  bail: { type: 'boolean', help: 'stop at the first failure' },
  sample: { type: 'string', value: 'N', help: 'of the mutants only one in so many, always the same ones' },
  repeat: { type: 'string', value: 'N', help: 'run everything so many times, with seeds that follow each other, and report the worst of each scenario' },
  patience: { type: 'string', value: 'SECONDS', help: 'longest wait for one thing; 5 if absent. A rule that would need more is untested' },
  'timeout-scale': { type: 'string', value: 'FACTOR', help: 'makes every bound on waiting so many times longer, for a slow machine or a server under a debugger' },
  report: { type: 'string', value: 'NAMES', list: true, help: 'html, junit, tap, json, md, annotations, badge, statement: with --out into files there, else one in place of the text' },
  out: { type: 'string', value: 'DIR', help: 'where transcripts (JSON Lines) and reports go' },
  'expected-failures': { type: 'string', value: 'FILE', help: 'failures that are known, with reasons; one that no longer fails ends with exit code 5' },
  json: { type: 'boolean', help: 'output for programs' },
  tries: { type: 'string', value: 'N', help: 'how often to kill the server; 20 if absent' },
  frames: { type: 'string', value: 'N', help: 'how many frames a run has; 500 if absent' },
  runs: { type: 'string', value: 'N', help: 'how many runs to compare; 3 if absent' },
  client: { type: 'string', value: 'LANGUAGE', help: 'write the skeleton of a driver: typescript, python or go' },
  force: { type: 'boolean', help: 'write over files that exist' },
  help: { type: 'boolean', short: 'h', help: 'what the command does, and its options' },
  version: { type: 'boolean', help: 'the version of the suite' },
} as const satisfies { readonly [name: string]: OptionRow };

/** The name of an option, as it is typed behind two dashes. */
export type OptionName = keyof typeof rows;

/** Every option of every command: the table behind parsing, help and nearest names. */
export const optionTable: { readonly [name in OptionName]: OptionRow } = rows;

/** Every name of an option. */
export const optionNames: readonly OptionName[] = Object.keys(rows).filter((name): name is OptionName => Object.hasOwn(rows, name));
