import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cell } from './cell.ts';

/** One scenario against one mutant, as it was at some time. */
export interface JournalLine {
  readonly role: string;
  readonly mutant: string;
  readonly scenario: string;
  /** Of the mutant and of the scenario, when this was seen. */
  readonly digest: string;
  readonly cell: Cell;
}

/** The key of what a line says: it holds as long as neither the mutant nor the scenario changes. */
export const journalKey = ({ role, mutant, scenario, digest }: Omit<JournalLine, 'cell'>): string => `${role} ${mutant} ${scenario} ${digest}`;

/** Reads what runs wrote that were ended before the matrix was complete; a last line that was cut off is left out. */
export function readJournal(file: string): Map<string, Cell> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return new Map(lines.map((line) => {
    const parsed = JSON.parse(line) as JournalLine; // ours, and not committed
    return [journalKey(parsed), parsed.cell] as const;
  }));
}

/** Adds lines to the journal. */
export function writeJournal(file: string, lines: readonly JournalLine[]): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}
