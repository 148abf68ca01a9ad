import { renderPython } from './python.ts';
import { renderTypeScript } from './typescript.ts';

const help = `Prints types of the Durable Session Protocol.

  npx @durable-session/schemas types --lang typescript > durable-session.ts
  npx @durable-session/schemas types --lang python > durable_session.py

Options
  --lang typescript | python   the language of the types
  --help                       this text
`;

const languages: { readonly [name: string]: () => string } = { typescript: renderTypeScript, python: renderPython };

/** What a command line asks for: a text to print, or the one sentence that says what is wrong with it. */
export function run(words: readonly string[]): { readonly text: string } | { readonly problem: string } {
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) return { text: help };
  const [command, option, value, ...rest] = words;
  if (command !== 'types') return { problem: `the command must be types: got ${command}` };
  if (option === undefined) return { problem: 'the language must be named: --lang typescript or --lang python' };
  const [name, joined] = option.split('=', 2);
  if (name !== '--lang') return { problem: `the option must be --lang: got ${option}` };
  const language = joined ?? value;
  const extra = joined === undefined ? rest : words.slice(2);
  if (extra.length > 0) return { problem: `nothing more must follow the language: got ${extra.join(' ')}` };
  const render = Object.hasOwn(languages, language ?? '') ? languages[language ?? ''] : undefined;
  return render === undefined ? { problem: `--lang must be typescript or python: got ${language ?? 'nothing'}` } : { text: render() };
}
