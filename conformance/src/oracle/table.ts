import { acks } from './acks.ts';
import { attachOrder } from './attach-order.ts';
import { contiguity } from './contiguity.ts';
import { immutability } from './immutability.ts';
import type { Oracle } from './oracle.ts';
import { schema } from './schema.ts';

/** Every oracle; all of them judge every transcript. */
export const oracles: readonly Oracle[] = [schema, attachOrder, contiguity, immutability, acks];
