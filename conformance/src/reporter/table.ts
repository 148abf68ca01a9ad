import type { ReportedRun } from './reported-run.ts';
import { renderJsonLines } from './json-lines.ts';

/** One form of report: the file that it is written to, and how it is made. */
export interface Reporter {
  readonly file: string;
  readonly render: (run: ReportedRun) => string;
}

/** Every report that `--report` can name. */
export const reporters: { readonly [name: string]: Reporter } = {
  json: { file: 'report.jsonl', render: renderJsonLines },
};
