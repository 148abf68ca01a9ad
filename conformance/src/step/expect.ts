import Type from 'typebox';
import { PrerequisiteMissing } from '../run/scenario-stop.ts';
import { numberOf, participantOf, settle } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import type { Json } from '../scenario/json.ts';
import type { Entry } from '../transcript/entry.ts';
import { isGateEvent } from '../scripted/gate.ts';
import { describeEntry, findingOfVain } from './describe-entry.ts';
import { defineStep, framePattern, FramePattern, NumberOrExpression } from './step-kind.ts';
import { refuseImpatience } from './wait.ts';
import { waitAndRead } from './wait-and-read.ts';

/** Frames that come when the server likes, or answer a command. */
const passedOver = new Set(['heartbeat', 'presence', 'ack']);

/** Timers are compared in whole milliseconds; a server that rounds is not early. */
const roundingMs = 5;

/** Waits for a frame that fits; frames before it are passed over, and judged by the oracles. */
export const expect = defineStep({
  kind: 'expect',
  description: 'Waits for a frame that fits a pattern (or a type alone, or one of several) among those that the participant has not yet looked at; others before it are passed over.',
  properties: {
    expect: Type.String({ description: 'The participant.' }),
    frame: Type.Optional(FramePattern),
    anyOf: Type.Optional(Type.Array(FramePattern, { minItems: 1, description: 'In place of frame: one of these.' })),
    end: Type.Optional(Type.Unsafe<Json>({ description: 'In place of frame: a pattern of how the connection ends: {code} of the WebSocket close, {how}.' })),
    next: Type.Optional(Type.Literal(true, { description: 'The very next frame fits; heartbeat and presence are passed over.' })),
    boundMs: Type.Optional(NumberOrExpression),
    notBefore: Type.Optional(Type.Object({ mark: Type.String(), ms: NumberOrExpression }, { description: 'It comes at least so long after a mark.' })),
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step.expect);
    const connection = participant.connection;
    if (connection === undefined) throw new ScenarioError(`${place.source}: ${participant.name} must be connected`);
    const patterns: readonly Json[] = step.end !== undefined ? [step.end] : (step.anyOf ?? (step.frame === undefined ? [] : [step.frame])).map(framePattern);
    if (patterns.length === 0) throw new ScenarioError(`${place.source} must have frame, anyOf or end`);
    const boundMs = step.boundMs === undefined ? stage.patienceMs : numberOf(step.boundMs, 'boundMs');
    refuseImpatience(stage, boundMs);
    const valueOf = (entry: Entry): Json | undefined => {
      if (step.end === undefined) return entry.kind === 'frame' ? entry.frame : undefined;
      return entry.kind === 'end' ? { by: entry.by, how: entry.how, ...(entry.code === undefined ? {} : { code: entry.code }), ...(entry.reason === undefined ? {} : { reason: entry.reason }) } : undefined;
    };
    const fits = (entry: Entry): boolean => {
      const value = valueOf(entry);
      return value !== undefined && patterns.some((pattern) => match(pattern, value).matches);
    };
    const isCandidate = (entry: Entry): boolean => entry.kind === 'frame' && !passedOver.has(String(entry.frame['type'])) && !isGateEvent(entry.frame);
    const from = participant.cursor;
    const waitMs = step.boundMs === undefined ? boundMs : boundMs * stage.timeoutScale;
    const waited = await waitAndRead(connection.inbox, (entry) => fits(entry) || (step.next === true && isCandidate(entry)), from, waitMs);
    const pattern = patterns.length === 1 ? (patterns[0] ?? null) : { anyOf: patterns };
    if ('vain' in waited) {
      const gone = waited.vain === 'ended' && place.cites.length === 0 ? findingOfVain(pattern, waited, connection.inbox.entries.slice(from), waitMs) : undefined;
      if (gone !== undefined) throw new PrerequisiteMissing(`${place.source}: expected ${gone.expected}: got ${gone.actual ?? 'nothing'}`);
      return settle(stage, place, findingOfVain(pattern, waited, connection.inbox.entries.slice(from), waitMs));
    }
    participant.cursor = waited.index + 1;
    const { found } = waited;
    const held = fits(found);
    for (const each of patterns) {
      const result = match(each, valueOf(found));
      if (!result.matches) continue;
      for (const [name, value] of result.captures) place.scope.capture(name, value);
      break;
    }
    const early = step.notBefore === undefined ? 0 : numberOf(step.notBefore.ms, 'notBefore.ms') - (found.at - markOf(stage.marks, step.notBefore.mark));
    settle(stage, place, {
      held: held && early <= roundingMs,
      expected: `${JSON.stringify(pattern)}${step.next ? ' as the next frame' : ''}${early > roundingMs ? ` not before ${String(step.notBefore?.ms)} ms after ${String(step.notBefore?.mark)}` : ''}`,
      actual: `${describeEntry(found)}${early > roundingMs ? `, ${Math.round(early)} ms early` : ''}`,
      lines: [found.line],
    });
  },
});

function markOf(marks: ReadonlyMap<string, number>, name: string): number {
  const at = marks.get(name);
  if (at === undefined) throw new ScenarioError(`${name} must be a mark that was set before`);
  return at;
}
