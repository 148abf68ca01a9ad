import type { Message } from '@durable-session/schemas';
import { CommandRejectedError, SessionError } from '../errors.ts';
import type { Accepted, SessionView } from '../session/handle.ts';

/** A command's end, as the driver protocol tells it. */
export type Outcome =
  | { readonly outcome: 'accepted' | 'noop'; readonly result?: unknown }
  | { readonly outcome: 'rejected' | 'indeterminate'; readonly error: { readonly code: string; readonly message: string; readonly details?: unknown } };

/** Waits for a command, and tells how it ended; what is no answer of the protocol is thrown on. */
export async function outcomeOf(command: Promise<Pick<Accepted, 'outcome' | 'result'>>): Promise<Outcome> {
  try {
    const { outcome, result } = await command;
    return { outcome, result };
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    const { code, message } = error;
    const details = error instanceof CommandRejectedError ? { details: error.details } : {};
    return { outcome: code === 'indeterminate' ? 'indeterminate' : 'rejected', error: { code, message, ...details } };
  }
}

const textOf = ({ parts }: Message): string => parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

/** What the user of an application would see. */
export function reportView({ state, position, connection, stop }: SessionView): object {
  return {
    position: position ?? null,
    connection,
    messages: state.messages.map((message) => ({ messageId: message.messageId, role: message.role, text: textOf(message), ended: message.ended })),
    runs: state.runs.map(({ runId, status, outcome }) => ({ runId, status, ...(outcome === undefined ? {} : { outcome }) })),
    requests: state.requests.map(({ requestId }) => ({ requestId })),
    decisions: state.decisions.map(({ requestId, outcome }) => ({ requestId, outcome })),
    ...(stop === undefined ? {} : { stop: { code: stop.code } }),
  };
}
