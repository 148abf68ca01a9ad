import type { Ack, Command } from '@durable-session/schemas';
import type { Credential } from '../../src/hub/credential.ts';
import { Hub } from '../../src/hub/hub.ts';
import type { LiveSession } from '../../src/hub/live-session.ts';

/** A command that has passed the gate and is about to be judged from its repeat on. */
export interface Submission {
  readonly hub: Hub;
  readonly live: LiveSession;
  readonly command: Command;
  readonly credential: Credential;
  readonly reply: (ack: Ack) => void;
}

/** Has every command pass `around`; `submit` is what the good hub does, with another `reply` where one is given. */
export function aroundSubmit(around: (submission: Submission, submit: (reply?: Submission['reply']) => void) => void): void {
  const good = Hub.prototype.submit;
  Hub.prototype.submit = function (live, command, credential, reply, limits) {
    around({ hub: this, live, command, credential, reply }, (other = reply) => good.call(this, live, command, credential, other, limits));
  };
}
