import type { Diagram, DiagramRow } from './diagram.ts';
import { cut } from './frame-label.ts';

const laneWidth = 10;
/** Columns in front of the lanes: the mark, the line of the transcript, the time. */
const gutter = '>> 1234   12345 ms  '.length;

const centred = (text: string): string => {
  const fitting = text.slice(0, laneWidth - 1);
  return fitting.padStart(Math.ceil((laneWidth + fitting.length) / 2)).padEnd(laneWidth);
};

/** Columns of a whole row; a terminal that is narrower wraps it. */
const rowWidth = 176;

/** Draws a diagram as text: a lane for each peer, the server's at the right of them, and beside each arrow what it carries; the offending row (or the last to come before a wait in vain) is marked `>>`, its evidence ` >`. */
export function renderLanes({ lanes, rows }: Diagram): string[] {
  if (rows.length === 0) return [];
  return [`${' '.repeat(gutter)}${lanes.map(centred).join('').trimEnd()}`, ...rows.map((row) => ('hidden' in row ? `${' '.repeat(gutter)}${lanes.map(() => centred('┊')).join('').trimEnd()}  (${row.hidden} more)` : renderRow(row, lanes)))];
}

function renderRow(row: DiagramRow, lanes: readonly string[]): string {
  const mark = row.mark === 'offending' || row.mark === 'last' ? '>>' : row.mark === 'evidence' ? ' >' : '  ';
  const place = `${mark} ${String(row.line).padStart(4)} ${String(Math.round(row.at)).padStart(7)} ms  `;
  return cut(`${place}${track(row, lanes)} ${row.mark === 'last' ? '(the last to come) ' : ''}${row.label}`, rowWidth);
}

/** The lifelines of all lanes with one arrow from the peer to the server, or back. */
function track(row: DiagramRow, lanes: readonly string[]): string {
  const cells = [...lanes.map(() => centred('│')).join('')];
  const half = Math.floor(laneWidth / 2);
  const from = lanes.indexOf(row.lane) * laneWidth + half;
  const to = (lanes.length - 1) * laneWidth + half;
  if (row.way === 'none') cells[from] = '●';
  else {
    for (let column = from + 1; column < to; column += 1) cells[column] = '─';
    cells[from] = row.way === 'to-server' ? '├' : '◀';
    cells[to] = row.way === 'to-server' ? '▶' : '┤';
  }
  return cells.join('').slice(0, to + 1).padEnd(to + 2);
}
