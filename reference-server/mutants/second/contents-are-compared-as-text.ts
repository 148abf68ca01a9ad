import { hash } from 'node:crypto';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

/** Compares a repeat as the text that it was, so that the order of keys counts; breaks COMMAND-12. */
aroundSubmit(({ hub }, submit) => {
  Object.assign(hub.parts, { digest: (value: unknown) => hash('sha256', JSON.stringify(value), 'base64url') });
  submit();
});
await startForProgram();
