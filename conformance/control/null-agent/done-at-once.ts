// A client that attaches, and an agent behind it that says done at once and does nothing.
import { wrapDriver } from '../wrapped-driver.ts';

wrapDriver({
  request(request, answer) {
    if (request.command !== 'work' && request.command !== 'tool') return request;
    answer({ outcome: 'accepted', result: { term: 1 } });
  },
});
