import type { AgentEvent, ToolPartState } from '@durable-session/schemas';
import type { AgentSession } from '../agent.ts';
import { RunCancelledError, SessionError } from '../errors.ts';
import { mintId } from '../id.ts';
import type { HeldRun } from '../run/held-run.ts';
import { runEffect } from './effect.ts';
import { fits } from './fits.ts';

/** A tool call of a plan. */
export interface Call {
  readonly partId: string;
  readonly name: string;
  readonly input?: unknown;
  readonly inputText?: string;
  readonly effect?: string;
  readonly idempotent?: boolean;
  readonly approval?: { readonly requestId: string };
}

/** What the application of an agent does with a run: `driver.schema.json`. */
export type PlanStep =
  | { readonly say: string }
  | { readonly call: Call }
  | { readonly ask: { readonly requestId: string; readonly prompt: string; readonly schema?: { readonly [key: string]: unknown } } }
  | { readonly model: { readonly inputTokens: number; readonly outputTokens: number; readonly steers: 'take' | 'refuse' } }
  | { readonly end: 'completed' | 'failed' };

type Decided = AgentSession['view']['state']['decisions'][number];

/** Makes what carries out the steps of one run: an application on top of the agent API, with a script in place of a model. */
function makeWorker(session: AgentSession, run: HeldRun) {
  const messageId = mintId();
  const { runId } = run;
  const usage = { provider: 'scripted', model: 'plan', inputTokens: 0, outputTokens: 0 };
  let hasMessage = false;

  /** Appends to the message of this term, which begins with its first part. */
  function write(...events: readonly AgentEvent[]): Promise<unknown> {
    const begin: readonly AgentEvent[] = hasMessage ? [] : [{ type: 'message.created', messageId, role: 'assistant' }];
    hasMessage = true;
    return run.append([...begin, ...events]);
  }

  const partOf = (partId: string): ToolPartState | undefined =>
    session.view.state.messages.flatMap(({ parts }) => parts).filter((part) => part.kind === 'tool').find((part) => part.partId === partId);

  async function decisionOf(requestId: string): Promise<Decided> {
    const find = (): Decided | undefined => session.view.state.decisions.find((decision) => decision.requestId === requestId);
    await session.until(() => find() !== undefined || run.signal.aborted);
    run.signal.throwIfAborted();
    const decision = find();
    if (decision === undefined) throw new SessionError('invalid_request', 'the request must have a decision');
    return decision;
  }

  async function carryOut(partId: string, input: unknown, given: { input?: unknown }, effect: string | undefined): Promise<void> {
    await run.append([{ type: 'tool.started', partId, ...given }]); // AGENT-27: resolves with the ack
    const ended = effect === undefined ? ({ outcome: 'completed', output: null } as const) : await runEffect(effect, input, run.signal);
    await run.append([{ type: 'tool.ended', partId, ...ended }]);
  }

  async function call({ partId, name, input, inputText, effect, idempotent = false, approval }: Call): Promise<void> {
    const known = partOf(partId);
    // After a takeover: what is not idempotent was ended with the claim, whether the view shows that yet or not (AGENT-28).
    if (known !== undefined && (known.status === 'ended' || known.idempotent !== true)) return; // AGENT-29
    if (known !== undefined) return carryOut(partId, known.input, {}, effect);
    const part = { type: 'part.created', messageId, partId, kind: 'tool', toolCallId: partId, toolName: name, ...(idempotent ? { idempotent } : {}) } as const;
    if (inputText !== undefined) {
      await write(part, { type: 'part.delta', partId, delta: inputText });
      const error = { code: 'invalid_input', message: 'The input is not JSON.', retryable: false };
      return void (await run.append([{ type: 'part.ended', partId }, { type: 'tool.ended', partId, outcome: 'failed', error }])); // TOOL-11
    }
    await write({ ...part, input });
    if (approval === undefined) return carryOut(partId, input, {}, effect);
    const options = [{ optionId: 'yes', label: 'Do it', outcome: 'approved' }, { optionId: 'no', label: 'Leave it', outcome: 'denied' }] as const;
    await run.append([{ type: 'request.opened', requestId: approval.requestId, kind: 'approval', partId, editable: true, options: [...options] }]);
    const { outcome, editedInput } = await decisionOf(approval.requestId);
    if (outcome === 'approved') await carryOut(partId, editedInput ?? input, editedInput === undefined ? {} : { input: editedInput }, effect); // TOOL-8
  }

  async function ask(requestId: string, prompt: string, schema: { readonly [key: string]: unknown } | undefined): Promise<void> {
    await run.append([{ type: 'request.opened', requestId, kind: 'input', prompt, ...(schema === undefined ? {} : { schema }) }]);
    const { outcome, value } = await decisionOf(requestId);
    if (outcome === 'answered' && !fits(value, schema)) await ask(mintId(), prompt, schema); // REQUEST-18
  }

  async function model({ inputTokens, outputTokens, steers }: { inputTokens: number; outputTokens: number; steers: 'take' | 'refuse' }): Promise<void> {
    const unanswered = session.view.state.messages.filter((message) => message.steeredRunId === runId && message.applied === undefined && message.missed === undefined);
    const answers = unanswered.map((message) => (steers === 'take' ? ({ type: 'message.applied', messageId: message.messageId } as const) : ({ type: 'message.missed', messageId: message.messageId, reason: 'rejected' } as const)));
    usage.inputTokens += inputTokens;
    usage.outputTokens += outputTokens;
    await run.append([...answers, { type: 'usage.updated', usage: [{ ...usage }] }]); // STEER-14, STEER-15, AGENT-33
  }

  return async (step: PlanStep): Promise<unknown> => {
    if ('say' in step) {
      const partId = mintId();
      await write({ type: 'part.created', messageId, partId, kind: 'text' });
      await run.append([{ type: 'part.delta', partId, delta: step.say }]);
      return run.append([{ type: 'part.ended', partId }]);
    }
    if ('call' in step) return call(step.call);
    if ('ask' in step) return ask(step.ask.requestId, step.ask.prompt, step.ask.schema);
    if ('model' in step) return model(step.model);
    return run.end({ outcome: step.end });
  };
}

/** Claims a run, carries out a plan on it, and lets it go if the plan does not end it (LEASE-13). */
export async function work(session: AgentSession, runId: string, plan: readonly PlanStep[]): Promise<{ readonly outcome: 'accepted'; readonly result: { readonly term: number } }> {
  const repeats = new Set(plan.flatMap((step) => ('call' in step ? [step.call.partId] : [])));
  const run = await session.claim(runId, { repeats: ({ partId }) => repeats.has(partId) });
  const carryOut = makeWorker(session, run);
  try {
    for (const step of plan) {
      run.signal.throwIfAborted();
      await carryOut(step);
    }
    if (!plan.some((step) => 'end' in step)) await run.release('released');
  } catch (error) {
    if (!(run.signal.reason instanceof RunCancelledError)) throw error;
    await run.end({ outcome: 'cancelled' }); // AGENT-26
  }
  return { outcome: 'accepted', result: { term: run.term } };
}
