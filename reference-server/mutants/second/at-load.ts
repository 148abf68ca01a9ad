import { LiveSession } from '../../src/hub/live-session.ts';

/** Has every session that is loaded from the store pass `change`, which stands for what a restart forgets. */
export function changeAtLoad(change: (live: LiveSession) => void): void {
  const load = LiveSession.prototype.load;
  LiveSession.prototype.load = function (...from) {
    const isThere = load.apply(this, from);
    if (isThere && !this.isDeleted) {
      change(this);
      this.state.commit();
    }
    return isThere;
  };
}
