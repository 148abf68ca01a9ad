import { runDriver } from '../src/driver/run-driver.ts';
import type { PeopleSession } from '../src/people.ts';
import { forPeople } from './kit/application.ts';

/** Shows each message at once under an id of its own, and again when the server has it. */
function echoing(session: PeopleSession): Partial<PeopleSession> {
  let sent = 0;
  return {
    get view() {
      const { view } = session;
      const { messages } = view.state;
      const echoes = messages.slice(0, sent).map((message, index) => ({ ...message, messageId: `local-${index + 1}` }));
      return { ...view, state: { ...view.state, messages: [...messages, ...echoes] } };
    },
    send(content, options) {
      sent += 1;
      return session.send(content, options);
    },
  };
}

// Breaks MESSAGE-45.
runDriver(forPeople(echoing));
