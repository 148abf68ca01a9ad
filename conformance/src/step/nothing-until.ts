import Type from 'typebox';
import { participantOf, settle } from '../run/stage.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { describeEntry, findingOfVain } from './describe-entry.ts';
import { defineStep, framePattern, FramePattern } from './step-kind.ts';
import { waitAndRead } from './wait-and-read.ts';

/** Shows that something does not come: nothing like it stands before a frame that must come after it. */
export const nothingUntil = defineStep({
  kind: 'nothing-until',
  description: 'Reads on to a frame that must come (the fence, which an earlier step has caused), and expects that nothing before it fits `not`.',
  properties: {
    'nothing-until': Type.String({ description: 'The participant.' }),
    not: FramePattern,
    fence: FramePattern,
  },
  async run(step, stage, place) {
    const participant = participantOf(stage, step['nothing-until']);
    const connection = participant.connection;
    if (connection === undefined) throw new ScenarioError(`${place.source}: ${participant.name} must be connected`);
    const from = participant.cursor;
    const fence = framePattern(step.fence);
    const forbidden = framePattern(step.not);
    const waited = await waitAndRead(connection.inbox, (entry) => entry.kind === 'frame' && match(fence, entry.frame).matches, from, stage.patienceMs);
    const wrong = connection.inbox.entries.slice(from, waited.index).find((entry) => entry.kind === 'frame' && match(forbidden, entry.frame).matches);
    const expected = `nothing like ${JSON.stringify(forbidden)} before ${JSON.stringify(fence)}`;
    if (wrong !== undefined) return settle(stage, place, { held: false, expected, actual: describeEntry(wrong), lines: [wrong.line] });
    // A fence that does not come says nothing about what was not to come.
    if ('vain' in waited) return settle(stage, { ...place, cites: [] }, findingOfVain(fence, waited, connection.inbox.entries.slice(from), stage.patienceMs));
    participant.cursor = waited.index + 1;
    settle(stage, place, { held: true, expected, lines: [waited.found.line] });
  },
});
