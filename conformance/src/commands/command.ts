import type { OptionName } from './option-table.ts';
import type { Options } from './options.ts';

/** One command: what it is for, what it takes, and what it does. */
export interface Command {
  /** One line for the list of commands, in the present tense, without a period. */
  readonly summary: string;
  /** What is typed after the name of the program. */
  readonly usage: string;
  /** How many words it takes beside options. */
  readonly words: { readonly least: number; readonly most: number };
  readonly options: readonly OptionName[];
  /** Lines of its own help, before the options. */
  readonly notes?: readonly string[];
  /** Does it and returns the exit code. Throws `UsageError` for what was typed wrong. */
  readonly run: (options: Options, print: (text: string) => void) => number | Promise<number>;
}
