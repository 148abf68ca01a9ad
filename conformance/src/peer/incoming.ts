import { isFields, parseFields } from '../scenario/json.ts';
import type { ConnectionContext, Cut } from './connection.ts';
import { createInbox, type Inbox } from './inbox.ts';

/** Takes what a connection receives into its transcript and its inbox, and counts events for a planned cut. */
export interface Incoming {
  readonly inbox: Inbox;
  /** Takes one text that should be a frame; tells whether the connection is to be read further. */
  frame(text: string, bytes: number, sse?: { readonly id?: string; readonly event?: string }): boolean;
  broken(reason: string, excerpt: string): void;
  /** Says how the connection ended; only the first call counts. */
  end(by: 'runner' | 'peer', how: 'fin' | 'rst' | 'close' | 'error', code?: number, reason?: string): void;
}

/** Creates the receiving end of one connection; `cut` is called when the planned number of events has come. */
export function createIncoming(context: ConnectionContext, cut: (how: Cut) => void): Incoming {
  const { recorder, participant, name } = context;
  const inbox = createInbox();
  let events = 0;
  let ended = false;
  const placed = { participant, connection: name };

  return {
    inbox,
    frame(text, bytes, sse = {}) {
      if (ended) return false;
      const frame = parseFields(text);
      if (frame === undefined) {
        inbox.push(recorder.record({ ...placed, kind: 'broken', direction: 'to-client', reason: 'not a JSON object', excerpt: text.slice(0, 200) }));
        return true;
      }
      const fields = { ...(sse.id === undefined ? {} : { sseId: sse.id }), ...(sse.event === undefined ? {} : { sseEvent: sse.event }) };
      inbox.push(recorder.record({ ...placed, kind: 'frame', direction: 'to-client', frame, text, bytes, ...fields }));
      if (!isFields(frame) || !Number.isInteger(frame['seq'])) return true;
      events += 1;
      if (context.cutAfter?.events !== events) return true;
      cut(context.cutAfter.how);
      return false;
    },
    broken(reason, excerpt) {
      if (!ended) inbox.push(recorder.record({ ...placed, kind: 'broken', direction: 'to-client', reason, excerpt: excerpt.slice(0, 200) }));
    },
    end(by, how, code, reason) {
      if (ended) return;
      ended = true;
      inbox.push(recorder.record({ ...placed, kind: 'end', by, how, ...(code === undefined ? {} : { code }), ...(reason === undefined ? {} : { reason }) }));
      inbox.end();
    },
  };
}
