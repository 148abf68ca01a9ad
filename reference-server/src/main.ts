import { runFromStdin } from './run.ts';

await runFromStdin();
