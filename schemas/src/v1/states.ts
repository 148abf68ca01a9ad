/** One row of a transition table: in status `from`, `event` leads to status `to`; anything else is `invalid_transition`. */
export interface Transition {
  readonly from: string;
  readonly event: string;
  readonly to: string;
  readonly condition?: string;
}

/** The life of a run (RUN). `none` is before it exists. */
export const runTransitions = [
  { from: 'none', event: 'run.queued', to: 'queued' },
  { from: 'queued', event: 'run.started', to: 'running', condition: 'a child run, or the first queued root run while no root run is active' },
  { from: 'suspended', event: 'run.started', to: 'running', condition: 'term + 1' },
  { from: 'running', event: 'run.suspended', to: 'suspended' },
  { from: 'running', event: 'run.cancelling', to: 'cancelling' },
  { from: 'running', event: 'run.ended', to: 'ended', condition: 'completed or failed' },
  { from: 'running', event: 'run.ended', to: 'ended', condition: 'cancelled, by the server: the session is closed, or the parent has ended' },
  { from: 'cancelling', event: 'run.ended', to: 'ended', condition: 'cancelled' },
  { from: 'queued', event: 'run.ended', to: 'ended', condition: 'cancelled, by the server' },
  { from: 'suspended', event: 'run.ended', to: 'ended', condition: 'cancelled, by the server' },
] as const satisfies readonly Transition[];

/** The life of a part's content (PART). */
export const partTransitions = [
  { from: 'none', event: 'part.created', to: 'open' },
  { from: 'none', event: 'part.created {ended: true}', to: 'ended' },
  { from: 'none', event: 'part.created {input}', to: 'ended', condition: 'a tool' },
  { from: 'open', event: 'part.delta', to: 'open', condition: 'text, reasoning, or the input of a tool' },
  { from: 'open', event: 'part.updated', to: 'open' },
  { from: 'open', event: 'part.ended', to: 'ended' },
  { from: 'open', event: 'tool.ended', to: 'ended', condition: 'a tool' },
  { from: 'ended', event: 'part.updated', to: 'ended', condition: 'a data, file or tool part, or metadata alone, until message.ended' },
] as const satisfies readonly Transition[];

/** The life of a tool call (TOOL). */
export const toolTransitions = [
  { from: 'none', event: 'part.created', to: 'input' },
  { from: 'none', event: 'part.created {input}', to: 'ready' },
  { from: 'input', event: 'part.ended {input}', to: 'ready' },
  { from: 'input', event: 'part.updated {input}', to: 'ready', condition: 'its content has ended' },
  { from: 'ready', event: 'part.updated {input: null}', to: 'input' },
  { from: 'input', event: 'tool.ended', to: 'ended', condition: 'denied, cancelled, or failed on its input' },
  { from: 'ready', event: 'tool.started', to: 'running', condition: 'no approval that is open or was not given' },
  { from: 'ready', event: 'request.claimed', to: 'running', condition: 'a client tool' },
  { from: 'ready', event: 'tool.ended', to: 'ended' },
  { from: 'running', event: 'tool.progress', to: 'running' },
  { from: 'running', event: 'tool.started', to: 'running', condition: 'idempotent, and the term is higher' },
  { from: 'running', event: 'request.released', to: 'ready', condition: 'a client tool' },
  { from: 'running', event: 'tool.ended', to: 'ended' },
  { from: 'running', event: 'run.ended', to: 'ended', condition: 'implied: indeterminate' },
] as const satisfies readonly Transition[];

/** The life of a request (REQUEST). */
export const requestTransitions = [
  { from: 'none', event: 'request.opened', to: 'open' },
  { from: 'open', event: 'request.claimed', to: 'claimed', condition: 'a client tool' },
  { from: 'claimed', event: 'request.released', to: 'open' },
  { from: 'open', event: 'request.resolved', to: 'resolved' },
  { from: 'claimed', event: 'request.resolved', to: 'resolved', condition: 'by its holder, or cancelled, or expired' },
] as const satisfies readonly Transition[];

/** The machines by name, for the tables of the spec. */
export const machines: { readonly [name: string]: readonly Transition[] } = {
  run: runTransitions,
  part: partTransitions,
  tool: toolTransitions,
  request: requestTransitions,
};
