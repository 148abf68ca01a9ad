import { expect, it } from 'vitest';
import { createInbox } from '../peer/inbox.ts';
import { createRecorder } from '../transcript/recorder.ts';
import { waitAndRead } from './wait-and-read.ts';

const note = createRecorder(() => 0).record({ kind: 'note', participant: 'phone', connection: 'phone#1', text: 'came in time' });

it('sees what came in time, though the runner stood still until the time was over', async () => {
  const inbox = createInbox();
  const waiting = waitAndRead(inbox, (entry) => entry === note, 0, 5);
  setTimeout(() => setImmediate(() => inbox.push(note)), 6); // read only after the timer of the wait, as after a standstill
  const until = performance.now() + 30;
  while (performance.now() < until);
  expect(await waiting).toEqual({ found: note, index: 0 });
});

it('says that nothing came', async () => {
  expect(await waitAndRead(createInbox(), () => true, 0, 5)).toEqual({ vain: 'time', index: 0 });
});
