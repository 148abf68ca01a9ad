import { rulesChecked } from '../verdict/run-verdict.ts';
import type { ReportedRun } from './reported-run.ts';
import { xmlText } from './xml-text.ts';

/** Only `conforms` is green; white text on each of these has a contrast of at least 4.5. */
const colours: { readonly [verdict in ReportedRun['verdict']]: string } = {
  conforms: '#14703c', passed: '#46617a', 'does not conform': '#b3261e', 'not judged': '#5b6570', incomplete: '#8a5a00', 'harness error': '#8a5a00', 'stale expectation': '#8a5a00',
};

/** A generous width for a letter of 11 pixels; `textLength` makes every font fit it. */
const letterWidth = 6.6;
const padding = 7;

/** A run as a badge: one small SVG that says the revision, the verdict and how many rules it was drawn from. */
export function renderBadge(run: ReportedRun): string {
  const rules = new Set(run.subjects.flatMap(({ scenarios }) => rulesChecked(scenarios))).size;
  const label = `durable session ${run.specification.revision}`;
  const message = run.exitCode === 0 || run.exitCode === 1 ? `${run.verdict}, ${rules} rules` : run.verdict;
  const [left, right] = [label, message].map((text) => Math.round(text.length * letterWidth) + 2 * padding);
  const whole = (left ?? 0) + (right ?? 0);
  const words = (text: string, from: number, width: number): string => `<text x="${from + padding}" y="14" textLength="${width - 2 * padding}" lengthAdjust="spacingAndGlyphs">${xmlText(text)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="20" role="img" aria-label="${xmlText(`${label}: ${message}`)}"><title>${xmlText(`${label}: ${message}`)}</title><clipPath id="r"><rect width="${whole}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="${left ?? 0}" height="20" fill="#3b424a"/><rect x="${left ?? 0}" width="${right ?? 0}" height="20" fill="${colours[run.verdict]}"/></g><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${words(label, 0, left ?? 0)}${words(message, left ?? 0, right ?? 0)}</g></svg>\n`;
}
