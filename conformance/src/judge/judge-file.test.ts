import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../package-folder.ts';
import { judgeRecorded, limitsOf, subjectOf } from './judge-file.ts';
import { readTranscript } from './read-transcript.ts';
import { TranscriptEntry } from './transcript-schema.ts';

const place = { at: 1, participant: 'phone', connection: 'phone#1' };
const received = (line: number, frame: object): object => ({ ...place, line, kind: 'frame', direction: 'to-client', frame, text: JSON.stringify(frame), bytes: 10 });
const event = (line: number, seq: number): object => received(line, { seq, type: 'session.updated', at: 1, by: 'alice', title: `${seq}` });

const recorded = (...seqs: readonly number[]): string =>
  [
    { ...place, line: 1, kind: 'open', wire: 'websocket', session: 's', credential: 'controller' },
    received(2, { type: 'welcome', version: 1, resume: 'resumed', position: { epoch: 'e', seq: 0 }, head: 0, limits: { maxFrameBytes: 99_000 } }),
    ...seqs.map((seq, index) => event(3 + index, seq)),
  ].map((entry) => `${JSON.stringify(entry)}\n`).join('');

const findingsOf = (text: string) => {
  const read = readTranscript(text);
  if ('problem' in read) throw new Error(read.problem);
  return judgeRecorded(read.transcript, subjectOf(read.transcript), 1000).findings.filter(({ cites }) => cites.includes('DELIVERY-2'));
};

describe('a recorded transcript', () => {
  it('is judged as when it was made', () => {
    expect(findingsOf(recorded(1, 2, 3)).map(({ held }) => held)).toEqual([true]);
    expect(findingsOf(recorded(1, 3)).map(({ held, lines }) => [held, lines[0]])).toEqual([[false, 4]]);
  });

  it('is judged by the limits that its server told', () => {
    const read = readTranscript(recorded());
    expect('transcript' in read && limitsOf(read.transcript).maxFrameBytes).toBe(99_000);
  });

  it.each([
    ['nothing', '', 'it is empty'],
    ['no JSON', 'hello\n', 'line 1 must be JSON: got hello'],
    ['an entry of no kind', `${JSON.stringify({ ...place, line: 1, kind: 'whisper' })}\n`, 'line 1 must be an entry of a transcript'],
    ['a frame without its text', `${recorded()}${JSON.stringify({ ...place, line: 3, kind: 'frame', direction: 'to-client', frame: {}, bytes: 1 })}\n`, 'line 3 must be an entry of a transcript'],
  ])('is refused with a sentence if it holds %s', (_, text, sentence) => {
    const read = readTranscript(text);
    expect('problem' in read ? read.problem : 'no problem').toContain(sentence);
  });
});

// Run with -u to write it anew.
it('publishes the schema of transcripts as it is', async () => {
  const document = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...TranscriptEntry };
  await expect(`${JSON.stringify(document, undefined, 2)}\n`).toMatchFileSnapshot(join(packageFolder, 'transcript.schema.json'));
});
