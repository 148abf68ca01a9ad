import type { AgentSession } from '../../src/agent.ts';
import { makeClient, type Client } from '../../src/client.ts';
import { standardParts, type Parts } from '../../src/parts.ts';
import type { PeopleSession } from '../../src/people.ts';
import type { HeldRun } from '../../src/run/held-run.ts';
import type { SessionView } from '../../src/session/handle.ts';

/** A handle with some of its members replaced; everything else is the handle's own. */
export const replacing = <Handle extends object>(handle: Handle, members: Partial<Handle>): Handle =>
  new Proxy(handle, { get: (target, name) => Reflect.get(Object.hasOwn(members, name) ? members : target, name) });

/** A client whose handles for people have some members replaced. */
export const forPeople = (change: (session: PeopleSession) => Partial<PeopleSession>, parts: Parts = standardParts): Client => {
  const client = makeClient(parts);
  return {
    ...client,
    connect(options) {
      const session = client.connect(options);
      return replacing(session, change(session));
    },
  };
};

/** A client that shows something else than it holds. */
export const showing = (change: (view: SessionView) => SessionView, parts: Parts = standardParts): Client =>
  forPeople((session) => ({
    get view() {
      return change(session.view);
    },
  }), parts);

/** A client whose handles for agents have some members replaced. */
export const forAgents = (change: (session: AgentSession) => Partial<AgentSession>, parts: Parts = standardParts): Client => {
  const client = makeClient(parts);
  return {
    ...client,
    agent(options) {
      const session = client.agent(options);
      return replacing(session, change(session));
    },
  };
};

/** A client for agents whose runs have some members replaced. */
export const forRuns = (change: (run: HeldRun, session: AgentSession) => Partial<HeldRun>, parts: Parts = standardParts): Client =>
  forAgents((session) => ({
    async claim(runId, options) {
      const run = await session.claim(runId, options);
      return replacing(run, change(run, session));
    },
  }), parts);
