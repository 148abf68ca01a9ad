/** The commands that a role may send, as `caps` tells them. */
export const capsOf: { readonly [role: string]: readonly string[] } = {
  controller: ['session.update', 'session.close', 'message.send', 'message.remove', 'run.start', 'run.cancel', 'request.claim', 'request.release', 'request.resolve', 'state.patch', 'presence.set'],
  agent: ['run.start', 'run.claim', 'run.renew', 'run.release', 'events.append', 'request.resolve', 'presence.set'],
  approver: ['request.claim', 'request.release', 'request.resolve', 'presence.set'],
  observer: ['presence.set'],
};
