import type { Limits } from '@durable-session/schemas';
import type { Driver, DriverReply } from '../driver/driver.ts';
import type { ArrivedCommand, ClientConnection } from '../host/client-connection.ts';
import type { Host } from '../host/host.ts';
import type { ScriptedLog } from '../host/scripted-log.ts';
import type { JsonFields } from '../scenario/json.ts';
import type { Recorder } from '../transcript/recorder.ts';
import type { Finding } from '../verdict/check.ts';
import type { Changes } from './changes.ts';
import type { HeldPosition } from './held-position.ts';
import type { ClientScenarioFile } from './format.ts';

/** One logical client of a scenario, as the runner knows it. */
export interface StoryClient {
  /** Its name for the driver, unique in the process. */
  readonly driven: string;
  /** The base URL that it was given. */
  readonly url: string;
  readonly role: 'people' | 'agent';
  /** The tokens that the application has been given, the newest last. */
  readonly tokens: readonly string[];
  readonly connection: ClientConnection | undefined;
  readonly previous: ClientConnection | undefined;
  /** Whether the host sends it nothing of its own accord: no live events, no heartbeats. */
  readonly isSilent: boolean;
  /** What it may hold by what was sent, and must hold by what it has shown. */
  readonly held: HeldPosition;
  /** When its last connection or refused attempt ended. */
  readonly endedAt: number | undefined;
  /** The waits between an end and the next attach request. */
  readonly delays: readonly number[];
}

/** How long things may take; the only times in the suite that are not the scenario's. */
export interface Bounds {
  /** The most that a client is waited for, beside what a limit or a delay allows it. */
  readonly patienceMs: number;
}

/** A scenario while it runs: what the host holds, what the driver was asked, what was found. */
export interface Story {
  readonly file: ClientScenarioFile;
  readonly transport: 'websocket' | 'sse';
  readonly session: string;
  /** The driver's process; `restart` replaces it. */
  driver: Driver;
  /** Starts another process of the driver. */
  readonly startDriver: () => Driver;
  /** What the driver has said that it does not support. */
  readonly lacks: ReadonlySet<string>;
  readonly host: Host;
  readonly recorder: Recorder;
  readonly limits: Limits;
  readonly bounds: Bounds;
  readonly now: () => number;
  readonly wallClock: () => number;
  readonly mintId: () => string;
  readonly clients: Map<string, StoryClient>;
  readonly asked: Map<string, Promise<DriverReply>>;
  readonly commands: Map<string, ArrivedCommand & { readonly answeredAt: number }>;
  /** What commands with a name were refused with. */
  readonly refusals: Map<string, JsonFields>;
  readonly findings: Finding[];
  /** The rules of the fold that a view has shown. */
  readonly shownRules: Set<string>;
  /** The ids of the messages that applications have sent. */
  readonly sent: Set<string>;
  /** Told of everything that happens, so that a step can wait for it. */
  readonly changes: Changes;
  log: ScriptedLog;
  /** The logs of earlier epochs, as they were. */
  pastLogs: readonly ScriptedLog[];
  /** Events of the log file that are not yet committed. */
  upcoming: readonly (JsonFields & { readonly type: string })[];
  isServing: boolean;
  /** Which commands are judged as they come, once that is so. */
  served: (arrived: ArrivedCommand) => boolean;
  isOver: boolean;
  /** The place in the scenario, for findings: `step 4 attach`. */
  place: string;
}

/** The scenario can't go on: what it needed did not come. The finding that says so is recorded. */
export class StoryEnd extends Error {}

/** The client does not claim what the scenario is about. */
export class NotClaimed extends Error {}

/** The machine is too busy for what the scenario measures. */
export class Busy extends Error {}

/** The driver does not do what was asked of it, so the scenario is not about the client any more. */
export class DriverFailure extends Error {
  readonly kind: 'unsupported' | 'dead' | 'failed';
  constructor(kind: 'unsupported' | 'dead' | 'failed', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Returns a client by its name; a scenario that names one which was never opened is wrong. */
export const clientOf = (story: Story, name = 'app'): StoryClient => {
  const client = story.clients.get(name);
  if (client === undefined) throw new Error(`${story.file.id}: no client ${name} is open at ${story.place}`);
  return client;
};

/** Replaces some of what is known of a client. */
export const changeClient = (story: Story, name: string | undefined, change: Partial<StoryClient>): void => void story.clients.set(name ?? 'app', { ...clientOf(story, name), ...change });

/** What a step found, before its place and citations are known. */
export interface StepFinding {
  readonly cites: readonly string[] | undefined;
  readonly expected: string;
  readonly actual?: string;
  readonly lines?: readonly number[];
}

/** Records that something held. */
export const holds = (story: Story, { cites, expected, lines }: StepFinding): void =>
  void story.findings.push({ source: story.place, cites: cites ?? story.file.covers, held: true, expected, lines: lines ?? [] });

/** Records that something did not hold, and ends the story. */
export const breaks = (story: Story, { cites, expected, actual, lines }: StepFinding): never => {
  const last = story.recorder.transcript.length;
  story.findings.push({ source: story.place, cites: cites ?? story.file.covers, held: false, expected, actual: actual ?? 'nothing', lines: lines ?? (last === 0 ? [] : [last]) });
  throw new StoryEnd(expected);
};

/** Asks the driver about a client, and records request and answer; throws where the driver itself fails. */
export const askDriver = async (story: Story, name: string | undefined, command: string, fields: JsonFields, withinMs: number): Promise<DriverReply> => {
  const client = clientOf(story, name);
  if (story.lacks.has(command)) return { kind: 'unsupported' };
  const lane = { participant: name ?? 'app', connection: `${name ?? 'app'} driver` };
  const { token: _, ...shown } = fields;
  story.recorder.record({ ...lane, kind: 'note', text: `driver: ${command}`, data: shown });
  const reply = await story.driver.ask(command, { client: client.driven, ...fields }, withinMs);
  if (!story.isOver) story.recorder.record({ ...lane, kind: 'note', text: `driver answered ${command}: ${reply.kind}`, data: reply.kind === 'ok' ? reply.result : 'message' in reply ? reply.message : null });
  return reply;
};

/** Returns the result of a reply that must be there; a driver that can't, or fails, ends the scenario. */
export const resultOf = (reply: DriverReply, command: string): JsonFields => {
  switch (reply.kind) {
    case 'ok':
      return reply.result;
    case 'unsupported':
      throw new DriverFailure('unsupported', `the driver does not support ${command}`);
    case 'dead':
      throw new DriverFailure('dead', reply.message);
    case 'error':
      throw new DriverFailure('failed', `the driver failed at ${command}: ${reply.code}: ${reply.message}`);
    case 'late':
      throw new DriverFailure('failed', reply.message);
  }
};
