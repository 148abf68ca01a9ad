import { UsageError } from '../configuration.ts';

const word = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g;
const quoted = /"([^"]*)"|'([^']*)'/g;

/** Splits a command line into program and arguments; blanks inside quotes do not split. No shell is involved. Throws `UsageError` for one that is empty. */
export function splitCommand(text: string): readonly string[] {
  const words = [...text.matchAll(word)].map(([each]) => each.replaceAll(quoted, (_, double: string | undefined, single: string | undefined) => double ?? single ?? ''));
  if (words.length === 0) throw new UsageError('--command must be a program and its arguments, such as "node my-server.js": got nothing');
  return words;
}
