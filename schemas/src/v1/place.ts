import Type, { type Static } from 'typebox';
import { Epoch, SeqFromZero } from './scalar.ts';

/** A place in the log of one epoch, stored and sent as one value (POSITION). */
export const Position = Type.Object({ epoch: Epoch, seq: SeqFromZero }, { title: 'Position' });
export interface Position extends Static<typeof Position> {}
