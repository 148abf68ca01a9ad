import { Table } from '../../src/session/table.ts';
import { startForProgram } from '../../src/start.ts';
import { changeAtLoad } from './at-load.ts';

/** Gives a run id that a steer has reserved to somebody else after a restart; breaks STEER-3. */
changeAtLoad(({ state }) => void Object.assign(state, { reserved: new Table<string>() }));
await startForProgram();
