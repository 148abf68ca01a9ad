import { Hub } from '../../src/hub/hub.ts';

let running: Hub | undefined;
const wake = Hub.prototype.wake;
Hub.prototype.wake = function () {
  running = this;
  wake.call(this);
};

/** The hub of the server that this process runs; throws before it runs. */
export function runningHub(): Hub {
  if (!running) throw new Error('the server must have started');
  return running;
}
