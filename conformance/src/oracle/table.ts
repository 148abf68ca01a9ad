import { acks } from './acks.ts';
import { attachOrder } from './attach-order.ts';
import { bounds } from './bounds.ts';
import { compacted } from './compacted.ts';
import { contiguity } from './contiguity.ts';
import { deltaSize } from './delta-size.ts';
import { effects } from './effects.ts';
import { foldRules } from './fold-rules.ts';
import { goodbye } from './goodbye.ts';
import { immutability } from './immutability.ts';
import type { Oracle } from './oracle.ts';
import { preconditions } from './preconditions.ts';
import { positions } from './positions.ts';
import { runs } from './runs.ts';
import { schema } from './schema.ts';
import { silence } from './silence.ts';
import { snapshot } from './snapshot.ts';
import { stream } from './stream.ts';

/** Every oracle; all of them judge every transcript. */
export const oracles: readonly Oracle[] = [schema, attachOrder, contiguity, immutability, snapshot, foldRules, acks, effects, runs, preconditions, deltaSize, stream, goodbye, silence, positions, compacted, bounds];
