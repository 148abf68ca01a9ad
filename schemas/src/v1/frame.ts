import type { EventsAppend, RunClaim, RunRelease, RunRenew } from './agent.ts';
import type { Ack, Auth, Bye, Heartbeat, Hello, Presence, PresenceSet, Snapshot, Synced, Welcome } from './connection.ts';
import type { PartCreated, PartDelta, PartEnded, PartUpdated } from './content.ts';
import type { MessageApplied, MessageCreated, MessageEnded, MessageMissed, MessageRemove, MessageRemoved, MessageSend, MessageUpdated } from './message.ts';
import type { Notice, UsageUpdated, VendorEvent } from './notice.ts';
import type { RequestClaim, RequestClaimed, RequestOpened, RequestRelease, RequestReleased, RequestResolve, RequestResolved } from './request.ts';
import type { RunCancel, RunCancelling, RunEnded, RunQueued, RunStart, RunStarted, RunSuspended, RunUpdated } from './run.ts';
import type { SessionClose, SessionClosed, SessionCreate, SessionCreated, SessionUpdate, SessionUpdated } from './session.ts';
import type { StatePatch, StatePatched, StateReplaced } from './state.ts';
import type { StepEnded, StepStarted } from './step.ts';
import type { ToolEnded, ToolProgress, ToolStarted } from './tool.ts';

/** Every event whose type the protocol names, told apart by `type`. */
export type KnownEvent =
  | SessionCreated | SessionUpdated | SessionClosed
  | MessageCreated | MessageUpdated | MessageEnded | MessageApplied | MessageMissed | MessageRemoved
  | PartCreated | PartDelta | PartUpdated | PartEnded
  | ToolStarted | ToolProgress | ToolEnded
  | RunQueued | RunStarted | RunUpdated | RunSuspended | RunCancelling | RunEnded
  | StepStarted | StepEnded
  | RequestOpened | RequestClaimed | RequestReleased | RequestResolved
  | StateReplaced | StatePatched
  | UsageUpdated | Notice;

/** An event of a vendor, or of a later revision: it takes its place in the log and has no effect on the fold. */
export type UnknownEvent = VendorEvent;

/** Every event. */
export type Event = KnownEvent | UnknownEvent;

/** Every command, told apart by `type`. */
export type Command =
  | SessionCreate | SessionUpdate | SessionClose
  | MessageSend | MessageRemove
  | RunStart | RunCancel | RunClaim | RunRenew | RunRelease | EventsAppend
  | RequestClaim | RequestRelease | RequestResolve
  | StatePatch | PresenceSet;

/** Every control frame, told apart by `type`. */
export type Control = Hello | Welcome | Snapshot | Synced | Ack | Heartbeat | Auth | Bye | Presence;

/** Everything that a server sends. */
export type ServerFrame = Event | Welcome | Snapshot | Synced | Ack | Heartbeat | Bye | Presence;

/** Everything that a peer sends. */
export type PeerFrame = Hello | Auth | Command;

export type Frame = Event | Command | Control;

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An event as an agent appends it: the server writes the rest (APPEND). */
export type AgentEvent = OmitEach<KnownEvent, 'seq' | 'at' | 'by' | 'cause' | 'runId'> & { runId?: string };
