import { Hub } from '../../src/hub/hub.ts';
import { refuse } from '../../src/session/verdict.ts';
import { startForProgram } from '../../src/start.ts';

/** Measures an event in characters and not in bytes, so that its frame grows beyond the limit; breaks LIMIT-8. */
Hub.prototype.checkSize = function (texts) {
  const limit = this.parts.limits.maxFrameBytes + 1024 - 192;
  return texts.some((text) => text.length > limit) ? refuse('limit_exceeded', 'an event is too large', { limit: 'maxFrameBytes' }) : undefined;
};
await startForProgram();
