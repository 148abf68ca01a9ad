import type { Outgoing } from './rewrite-parcels.ts';

/** A delta on its way, with the first event that it stands for. */
export interface Delta {
  readonly seq: number;
  readonly partId: string;
  readonly delta: string;
  readonly from?: number;
}

/** Reads a frame as a delta; undefined for one of another type. */
export const deltaOf = ({ text }: Outgoing): Delta | undefined => (text.includes('"type":"part.delta"') ? (JSON.parse(text) as Delta) : undefined);

/** Writes a delta as a frame with the given id. */
export const renderDelta = (id: string, { seq, partId, delta, from }: Delta): Outgoing =>
  ({ id, text: JSON.stringify({ seq, type: 'part.delta', partId, delta, ...(from === undefined ? {} : { from }) }) });
