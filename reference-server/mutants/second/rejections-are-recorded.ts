import { startForProgram } from '../../src/start.ts';
import { rememberAnswers } from './remember-answers.ts';

/** Records a rejection too, so that a command can never be sent again; breaks COMMAND-7. */
rememberAnswers('rejected');
await startForProgram();
