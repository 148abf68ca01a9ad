import { hash } from 'node:crypto';
import { canonicalJson } from '@durable-session/schemas';
import { startForProgram } from '../../src/start.ts';
import { aroundSubmit } from './around-submit.ts';

const known = new Set(['type', 'id', 'messageId', 'runId', 'role', 'parts', 'ifBusy', 'metadata', 'text', 'title', 'patch', 'requestId', 'outcome', 'value', 'optionId', 'claimant', 'agent', 'term', 'reason']);

const read = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? Object.fromEntries(Object.entries(value).filter(([name]) => known.has(name))) : value;

/** Compares a repeat by the fields that the server reads, and not by those that it does not know; breaks COMMAND-12. */
aroundSubmit(({ hub }, submit) => {
  Object.assign(hub.parts, { digest: (value: unknown) => hash('sha256', canonicalJson(read(value)), 'base64url') });
  submit();
});
await startForProgram();
