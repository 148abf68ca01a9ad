import type { ErrorObject } from '@durable-session/schemas';
import { CommandRejectedError, SessionError } from './errors.ts';
import { mintId } from './id.ts';
import { makeAlarm, monotonicNow } from './session/clock.ts';
import type { Accepted, Session } from './session/handle.ts';

/** A client tool that this device executes, under a lease that is renewed until it is answered or released. */
export interface HeldTool {
  readonly requestId: string;
  /** Aborts when the tool is not this device's any more: resolved by somebody else, or the lease was lost. */
  readonly signal: AbortSignal;
  /** Hands the result over. */
  answer(value: unknown): Promise<Accepted>;
  /** Says that it went wrong. */
  fail(error: ErrorObject): Promise<Accepted>;
  /** Gives the tool back, so that another device may take it. */
  release(): Promise<Accepted>;
}

/** The lease is renewed when this share of it has passed, so that two renewals may be lost. */
const renewAfter = 1 / 3;

/**
 * Claims a client tool for this device; throws CommandRejectedError `already_claimed` while another has it.
 *
 * The claimant is minted for each claim: two devices of one person must not both execute the tool.
 *
 * @example const tool = await claimTool(session, requestId); await tool.answer(await readTemperature());
 */
export async function claimTool(session: Session, requestId: string): Promise<HeldTool> {
  const claimant = mintId();
  const over = new AbortController();
  const claim = (): Promise<Accepted> => session.command({ type: 'request.claim', id: mintId(), requestId, claimant });
  const { result, position } = await claim();
  if (position !== undefined) await session.holding(position);
  const leaseMs = typeof result['leaseMs'] === 'number' ? result['leaseMs'] : 0;
  let renewsAt = monotonicNow() + leaseMs * renewAfter;
  const alarm = makeAlarm(() => void renew());
  alarm.set(renewsAt);

  const end = (reason: SessionError): void => {
    alarm.set(undefined);
    ignore();
    over.abort(reason);
  };

  async function renew(): Promise<void> {
    if (monotonicNow() < renewsAt) return alarm.set(renewsAt);
    renewsAt = monotonicNow() + leaseMs * renewAfter;
    alarm.set(renewsAt);
    try {
      await claim();
    } catch (error) {
      // A refusal says that the tool is somebody else's or decided; anything else is settled by the next renewal.
      if (error instanceof CommandRejectedError) end(error);
    }
  }

  const ignore = session.onChange(() => {
    const { state, connection } = session.view;
    const request = state.requests.find((open) => open.requestId === requestId);
    if (connection === 'stopped') end(new SessionError('session_closed', 'The session has stopped.'));
    else if (request === undefined) end(new SessionError('already_resolved', 'The request has its decision.'));
    else if (request.claim !== undefined && request.claim.claimant !== claimant) end(new SessionError('already_claimed', 'Another device has the tool.'));
  });

  async function finish(result: Promise<Accepted>): Promise<Accepted> {
    const accepted = await result;
    end(new SessionError('already_resolved', 'This device has finished with the tool.'));
    return accepted;
  }

  return {
    requestId,
    signal: over.signal,
    answer: (value) => finish(session.command({ type: 'request.resolve', id: mintId(), requestId, outcome: 'answered', value, claimant })),
    fail: (error) => finish(session.command({ type: 'request.resolve', id: mintId(), requestId, outcome: 'failed', error, claimant })),
    release: () => finish(session.command({ type: 'request.release', id: mintId(), requestId, claimant })),
  };
}
