import type { Command } from './command.ts';
import { optionTable, type OptionName } from './option-table.ts';

const program = 'npx @durable-session/conformance';

/** How many letters fit beside the names. */
const helpWidth = 96;

/** Breaks a text into lines of a width. */
function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

const row = (name: string, text: string): string[] => wrap(text, helpWidth).map((line, index) => `  ${(index === 0 ? name : '').padEnd(28)}${line}`);

function optionRow(name: OptionName): string[] {
  const { value, short, help } = optionTable[name];
  return row(`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, help);
}

const exitCodes = [
  'Exit codes: 0 conforms (or passed, of a part), 1 a MUST is broken, 2 wrong options or nothing to judge,',
  '            3 incomplete, 4 the suite itself failed, 5 a stale expectation, 130 ended at once by a second Ctrl-C.',
];

/** The text of `--help`, for the program or for one of its commands. */
export function renderHelp(name: string, commands: { readonly [name: string]: Command }): string {
  const command = commands[name];
  if (command === undefined || name === 'all') return overview(commands);
  return [`Usage: ${program} ${command.usage}`, '', `${command.summary.slice(0, 1).toUpperCase()}${command.summary.slice(1)}.`, ...(command.notes ?? []), '', ...command.options.flatMap(optionRow), '', ...exitCodes].join('\n');
}

function overview(commands: { readonly [name: string]: Command }): string {
  const { all, ...named } = commands;
  return [
    `Usage: ${program} [command] [options]`,
    '',
    ...row('(no command)', all?.summary ?? ''),
    ...Object.entries(named).flatMap(([name, { summary }]) => row(name, summary)),
    '',
    'Start with:',
    `  ${program} server --url http://localhost:8787`,
    `  ${program} server --command "node my-server.js" --only 'resume/*'`,
    `  ${program} explain RESUME-7`,
    '',
    'Each command says what it takes: conformance server --help. A run without a command takes:',
    ...(all?.options ?? []).flatMap(optionRow),
    '',
    ...exitCodes,
  ].join('\n');
}
