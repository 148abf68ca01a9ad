import { describe, expect, it } from 'vitest';
import { startRunningServer } from '../running-server.ts';
import { hasChromium, openPage } from './chromium.ts';
import { startPageServer } from './page-server.ts';
import type { Told } from './story-page.ts';

if (!hasChromium) console.log('left out: the client in a browser, because chromium is not on the PATH');

/** Opens the story in a page of an origin that the server allows; gives what the page told. */
async function readStory(): Promise<Told[]> {
  const told: Told[] = [];
  const ended = Promise.withResolvers<void>();
  const pages = await startPageServer('story-page.ts', {
    server: async () => server.url,
    crash: () => server.crash(),
    told: async (body) => told.push(JSON.parse(body)),
    done: async () => ended.resolve(),
    failed: async (body) => ended.reject(new Error(JSON.parse(body))),
  });
  const server = await startRunningServer({ origins: [pages.url] });
  const browser = await openPage(pages.url);
  try {
    await ended.promise;
    return told;
  } finally {
    await browser.close();
    await Promise.all([pages.close(), server.stop()]);
  }
}

describe.runIf(hasChromium)('the client in a page', () => {
  it('streams, survives a crash of the server, and decides, over both transports', async () => {
    const told = await readStory();
    expect(told.map(({ transport }) => transport)).toEqual(['websocket', 'sse']);
    for (const { seen, seqs, snapshots, outcome, loser, questions } of told) {
      expect(seen.at(-1)).toBe('The log holds 92 % of it.');
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
      expect({ snapshots, outcome, loser }).toEqual({ snapshots: 0, outcome: 'completed', loser: 'already_resolved denied' });
      expect(questions).toEqual(['Why is the disk full?', 'And the other one?']);
    }
  }, 60_000);
});
