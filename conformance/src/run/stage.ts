import type { Requirement } from '../requirement/requirement.ts';
import type { Json } from '../scenario/json.ts';
import type { Fragment } from '../scenario/scenario.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Scope } from '../scenario/scope.ts';
import type { Target } from '../target/target.ts';
import type { Recorder } from '../transcript/recorder.ts';
import type { Check } from '../verdict/check.ts';
import { judgeFinding } from '../verdict/level.ts';
import type { Chance } from './chance.ts';
import type { Participant } from './participant.ts';
import { CheckFailed, NotTestable, PrerequisiteMissing, TooLate } from './scenario-stop.ts';

/** Everything that a step may use while one scenario runs. */
export interface Stage {
  readonly target: Target;
  readonly recorder: Recorder;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly fragments: ReadonlyMap<string, Fragment>;
  readonly requirementOf: (id: string) => Requirement | undefined;
  /** The session that participants attach to unless a step names another. */
  session: string;
  /** Longest wait for anything that should come at once. */
  readonly patienceMs: number;
  /** By how much longer the bounds that scenarios name themselves are on a slow machine. */
  readonly timeoutScale: number;
  readonly checks: Check[];
  /** Moments that steps measure from, in milliseconds of the transcript. */
  readonly marks: Map<string, number>;
  readonly barriers: Map<string, { arrived: number; release: () => void; readonly open: Promise<void> }>;
  readonly isClaimed: (transport: 'websocket' | 'sse') => boolean;
  /** What the seed of the run decides here. */
  readonly chance: Chance;
}

/** Where a step stands while it runs: the scope of its names, its number for reports, and what it cites. */
export interface StepPlace {
  readonly scope: Scope;
  /** Such as `step 4 expect` or `step 6.2 send`. */
  readonly source: string;
  readonly cites: readonly string[];
  /** Until when, in milliseconds of the transcript, a finding that does not hold counts; always, if absent. */
  readonly untilMs?: number;
}

/** What a step found: whether what it expects is so, with the evidence. */
export interface StepFinding {
  readonly held: boolean;
  readonly expected: string;
  readonly actual?: string;
  readonly lines: readonly number[];
  readonly path?: string;
  /** Whether nothing offends but what did not come: the first line is the last that came. */
  readonly isVain?: true;
}

/** Records a finding as a check of what the step cites. One that did not hold ends the scenario: as failed, or, if the step cites nothing, as unable to tell. */
export function settle(stage: Stage, place: StepPlace, finding: StepFinding): void {
  if (!finding.held) refuseLateness(stage, place);
  if (place.cites.length > 0) stage.checks.push(judgeFinding({ ...finding, source: place.source, cites: place.cites }, stage.requirementOf));
  if (finding.held) return;
  const sentence = `${place.source}: expected ${finding.expected}: got ${finding.actual ?? 'nothing'}`;
  if (place.cites.length > 0) throw new CheckFailed(sentence);
  throw new PrerequisiteMissing(sentence);
}

/** Ends the scenario as unable to tell if its step had to come sooner. */
export function refuseLateness(stage: Stage, place: StepPlace): void {
  if (place.untilMs !== undefined && stageTime(stage) > place.untilMs) throw new TooLate(place.source);
}

/** The participant of that name. Throws `ScenarioError` if the scenario has none. */
export function participantOf(stage: Stage, name: string): Participant {
  const participant = stage.participants.get(name);
  if (participant === undefined) throw new ScenarioError(`${name} must be one of the participants: ${[...stage.participants.keys()].join(', ')}`);
  return participant;
}

/** The token of a credential. Throws `NotTestable` if the target brings none. */
export function tokenOf(stage: Stage, credential: string): string {
  const token = stage.target.token(credential);
  if (token === undefined) throw new NotTestable(`a token for ${credential}`);
  return token;
}

/** A number of a step, which may have been an expression. */
export function numberOf(value: Json | undefined, name: string): number {
  if (typeof value === 'number') return value;
  throw new ScenarioError(`${name} must be a number: got ${JSON.stringify(value)}`);
}

/** Milliseconds since the transcript began. */
export const stageTime = (stage: Stage): number => stage.recorder.record({ kind: 'note', participant: 'runner', connection: 'runner', text: 'mark' }).at;
