import type { PresenceSet } from '@durable-session/schemas';
import { CommandRejectedError } from './errors.ts';
import { mintId } from './id.ts';
import type { Session } from './session/handle.ts';

/** How somebody is here. */
export type PresenceStatus = Omit<PresenceSet, 'id' | 'type' | 'connection'>;

/** Makes the function that tells how this device is here, and tells it again on each new connection. */
export function keepPresence(session: Session): (status: PresenceStatus) => Promise<void> {
  let wanted: PresenceStatus | undefined;
  let toldOn: string | undefined;

  async function tell(): Promise<void> {
    const { connection, connectionId } = session.view;
    if (wanted === undefined || connectionId === undefined || connection !== 'live') return;
    toldOn = connectionId;
    try {
      await session.command({ type: 'presence.set', id: mintId(), connection: connectionId, ...wanted });
    } catch (error) {
      // The connection has gone meanwhile; the next one is told.
      if (!(error instanceof CommandRejectedError && error.code === 'unknown_connection')) throw error;
    }
  }

  session.onChange(() => {
    const { connection, connectionId } = session.view;
    if (wanted === undefined || connection !== 'live' || connectionId === toldOn) return;
    tell().catch((error: unknown) => console.error('durable-session: presence could not be told', error));
  });

  return (status) => {
    wanted = { ...wanted, ...status };
    return tell();
  };
}
