// A client that attaches, and an agent behind it that gives back what it was asked.
import { wrapDriver } from '../wrapped-driver.ts';

wrapDriver({
  request(request, answer) {
    if (request.command !== 'work' && request.command !== 'tool') return request;
    answer({ outcome: 'accepted', ...request });
  },
});
