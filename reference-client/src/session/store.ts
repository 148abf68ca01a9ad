import type { Outbox } from '../outbox.ts';
import type { View } from '../view.ts';

/** What a former life of the application has left. */
export interface Left {
  readonly view: View | undefined;
  /** Who had given the commands, and the commands. */
  readonly principal: string | undefined;
  readonly commands: Outbox;
}

/** Keeps the view and the commands of one session. */
export interface Store {
  load(): Promise<Left>;
  /** Notes a new view; it is saved soon. */
  note(view: View): void;
  /** Saves the commands that are not settled; resolves when that is done. */
  keep(outbox: Outbox, principal: string | undefined): Promise<void>;
  /** Saves the view that has been noted. */
  flush(): void;
}

/** Makes the store of a session, by its id. */
export type Keeper = (session: string) => Store;
