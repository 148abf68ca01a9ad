import { resolve } from 'node:path';

/** The folder of this package: its scenarios, requirements and mutants are beside `src` and `dist`. */
export const packageFolder = resolve(import.meta.dirname, '..');
