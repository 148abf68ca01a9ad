import type { Ack, FrameResult, Limits, PeerFrame } from '@durable-session/schemas';
import { refusalAck } from '../connection/frames.ts';
import { present } from '../session/present.ts';
import { checkShape } from '../session/shape.ts';
import { refuse } from '../session/verdict.ts';
import type { Credential } from './credential.ts';
import type { Hub } from './hub.ts';
import type { LiveSession } from './live-session.ts';

/** How long to wait after too many commands at once: an ack of one of them comes sooner. */
const inFlightRetryMs = 100;

/** The id by which a frame can be answered; undefined where only a bye can. */
export const answerableId = (parsed: FrameResult<PeerFrame>): string | undefined =>
  parsed.ok ? (parsed.frame.type === 'hello' ? undefined : parsed.frame.id) : parsed.error.id;

/** Refuses what comes too fast, before anything else is judged (FLOW-8); undefined if it may go on. */
export function refuseByRate(hub: Hub, live: LiveSession, principal: string, id: string, inFlight: number, limits: Limits): Ack | undefined {
  if (inFlight >= limits.maxInFlight) return rateLimited(id, 'maxInFlight', inFlightRetryMs);
  const waitMs = live.takeRate(principal, hub.parts.steady(), limits);
  return waitMs === 0 ? undefined : rateLimited(id, 'commandsPerSecond', waitMs);
}

export const rateLimited = (id: string, limit: string, waitMs: number): Ack =>
  refusalAck(id, refuse('rate_limited', `commands must come slower than ${limit}`, { limit }), waitMs);

/** Judges a frame with an id from its schema on. */
export function judgeFrame(hub: Hub, live: LiveSession, credential: Credential, parsed: FrameResult<PeerFrame>, limits: Limits, reply: (ack: Ack) => void): void {
  if (!parsed.ok) {
    const { code, message, path, id, index } = parsed.error;
    const details = code === 'invalid_command' ? present({ index, path }) : undefined;
    return reply(refusalAck(id ?? '', refuse(code, message, details)));
  }
  const { frame } = parsed;
  if (frame.type === 'auth' || frame.type === 'session.create' || frame.type === 'hello') throw new Error(`a ${frame.type} must not be judged as a command`);
  const misshapen = checkShape(frame, credential.role);
  if (misshapen) return reply(refusalAck(frame.id, misshapen));
  hub.submit(live, frame, credential, reply, limits);
}
