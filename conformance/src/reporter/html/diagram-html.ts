import type { Diagram, DiagramRow } from '../diagram.ts';
import { escape } from './escape.ts';

/** A sequence diagram as a list: lifelines and arrows are drawn by the style sheet, from the index of the lane. */
export function diagramHtml({ lanes, rows }: Diagram): string {
  if (rows.length === 0) return '<p class="quiet">Nothing went over the wire.</p>';
  const head = `<li class="lanes"><span></span><div>${lanes.map((lane) => `<span>${escape(lane)}</span>`).join('')}</div></li>`;
  return `<ol class="diagram" style="--n:${lanes.length}">${head}${rows.map((row) => ('hidden' in row ? `<li class="gap">${row.hidden} more</li>` : rowHtml(row, lanes))).join('')}</ol>`;
}

const tags = { offending: 'offending', evidence: 'evidence', last: 'the last to come' } as const;
const ways = { 'to-server': 's', 'to-client': 'c', none: 'n' } as const;

function rowHtml({ line, at, lane, way, label, mark }: DiagramRow, lanes: readonly string[]): string {
  const tag = mark === undefined ? '' : `<em>${tags[mark]}</em> `;
  return `<li${mark === undefined ? '' : ` class="${mark}"`}><span>${line} <small>${Math.round(at)} ms</small></span><i class="${ways[way]}" style="--i:${lanes.indexOf(lane)}"></i><code>${tag}${escape(label)}</code></li>`;
}
