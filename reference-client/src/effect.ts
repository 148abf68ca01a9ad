import type { Command, State } from '@durable-session/schemas';

/**
 * Whether the fold holds the thing that a command makes: its message, its run, or a decision by the sender (COMMAND-50).
 *
 * Ids are never used twice, so what is there was made by this command. False means "not found", and not "did not
 * happen": a packet may be late.
 */
export function effectInFold(state: State, command: Command, principal: string | undefined): boolean {
  switch (command.type) {
    case 'message.send':
      return state.messages.some(({ messageId }) => messageId === command.messageId);
    case 'run.start':
      return state.runs.some(({ runId }) => runId === command.runId);
    case 'run.claim':
      return state.runs.some(({ runId, agent }) => runId === command.runId && agent === command.agent);
    case 'request.resolve':
      return state.decisions.some(
        ({ requestId, outcome, by }) => requestId === command.requestId && outcome === command.outcome && principal !== undefined && by?.principal === principal,
      );
    default:
      return false;
  }
}
