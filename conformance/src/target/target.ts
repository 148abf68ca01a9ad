import type { Discovery } from '@durable-session/schemas';
import type { Hook } from './hooks.ts';

/** The credentials that scenarios name; a target brings a token for each that it can. */
export const credentialNames = ['controller', 'controller2', 'approver', 'observer', 'agent', 'agent2', 'stranger'] as const;
export type CredentialName = (typeof credentialNames)[number];

/** What a server must be told to accept a token: the row of the settings that a spawned target reads. */
export interface TokenSetting {
  readonly token: string;
  readonly principal: string;
  readonly role: 'controller' | 'approver' | 'observer' | 'agent';
  readonly name?: string;
  readonly sessions?: readonly string[];
  readonly expiresAt?: number;
}

/** Where a server's transports are, resolved against its discovery document. */
export interface Endpoints {
  readonly http: URL;
  readonly websocket?: URL;
  readonly sse?: URL;
}

/** A server under test: reached by its URL alone, or spawned by the runner. */
export interface Target {
  readonly url: URL;
  readonly discovery: Discovery;
  readonly endpoints: Endpoints;
  /** The token of a credential; undefined where the target brings none. */
  token(credential: string): string | undefined;
  /** What a spawned target was told of a credential. */
  setting?(credential: string): TokenSetting | undefined;
  /** What brings about, on the side of the server, what no client can; undefined where the configuration names no such hook. */
  hook?(name: string): Hook | undefined;
  /** Present if the runner started the process: kills it, or starts it again on the same port and data. */
  readonly process?: TargetProcess;
}

/** The hook that kills and restarts a spawned target. */
export interface TargetProcess {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Stops the process from running, or lets it run on. */
  freeze(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Copies the data folder of the stopped process. */
  backup(): Promise<void>;
  /** With `fromBackup`, the copy stands in for the data, and the server is told that somebody may have seen more. */
  restart(fromBackup?: boolean): Promise<void>;
  /** What the process wrote to stderr so far, for reports. */
  readonly log: string;
}
