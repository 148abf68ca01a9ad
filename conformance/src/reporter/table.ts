import { renderAnnotations } from './annotations.ts';
import { renderBadge } from './badge.ts';
import { renderHtml } from './html/page.ts';
import { renderJsonLines } from './json-lines.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { ReportedRun } from './reported-run.ts';
import { renderStatement } from './statement.ts';
import { renderTap } from './tap.ts';

/** One form of report: the file that it is written to, and how it is made. */
export interface Reporter {
  readonly file: string;
  readonly render: (run: ReportedRun) => string;
}

/** Every report that `--report` can name; each is a pure function of the run. */
export const reporters: { readonly [name: string]: Reporter } = {
  html: { file: 'report.html', render: renderHtml },
  junit: { file: 'junit.xml', render: renderJunit },
  tap: { file: 'report.tap', render: renderTap },
  json: { file: 'report.jsonl', render: renderJsonLines },
  md: { file: 'summary.md', render: renderMarkdown },
  annotations: { file: 'annotations.txt', render: renderAnnotations },
  statement: { file: 'statement.json', render: renderStatement },
  badge: { file: 'badge.svg', render: renderBadge },
};
