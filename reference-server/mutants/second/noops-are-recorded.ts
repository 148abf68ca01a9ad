import { startForProgram } from '../../src/start.ts';
import { rememberAnswers } from './remember-answers.ts';

/** Records a `noop` too, and answers its repeat from the record; breaks COMMAND-8. */
rememberAnswers('noop');
await startForProgram();
