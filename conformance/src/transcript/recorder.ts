import type { Entry, Transcript } from './entry.ts';

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An entry before the recorder has given it its place and time. */
export type Happening = OmitEach<Entry, 'line' | 'at'>;

/** Writes one transcript; append-only. */
export interface Recorder {
  /** Appends and returns the entry. */
  record(happening: Happening): Entry;
  readonly transcript: Transcript;
}

/** Creates an empty transcript; `now` is a monotonic clock in milliseconds. */
export function createRecorder(now: () => number): Recorder {
  const transcript: Entry[] = [];
  const began = now();
  return {
    transcript,
    record(happening) {
      const entry: Entry = { line: transcript.length + 1, at: Math.round((now() - began) * 10) / 10, ...happening };
      transcript.push(entry);
      return entry;
    },
  };
}
