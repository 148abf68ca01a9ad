import { startForProgram } from '../src/start.ts';
import { createMemoryStore } from '../src/store/memory.ts';

/** Says that what it acknowledges survives the process, and keeps it in memory; breaks COMMAND-32. */
await startForProgram({ wrapStore: () => ({ ...createMemoryStore(), durability: 'process' }) });
