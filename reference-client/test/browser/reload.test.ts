import { describe, expect, it } from 'vitest';
import { createSession } from '../../src/index.ts';
import { startRunningServer } from '../running-server.ts';
import { hasChromium, openPage } from './chromium.ts';
import { startPageServer } from './page-server.ts';
import type { Recovery } from './reload-page.ts';

if (!hasChromium) console.log('left out: the reload of a page, because chromium is not on the PATH');

describe.runIf(hasChromium)('a page that is reloaded', () => {
  it('resumes from what it stored, and its commands take effect once', async () => {
    const told = Promise.withResolvers<Recovery>();
    let session = '';
    const pages = await startPageServer('reload-page.ts', {
      server: async () => ({ url: server.url, session }),
      down: () => server.kill(),
      up: () => server.revive(),
      told: async (body) => told.resolve(JSON.parse(body)),
    });
    const server = await startRunningServer({ origins: [pages.url] });
    session = await createSession({ url: server.url, token: 'tok-alice' });
    const browser = await openPage(pages.url);
    try {
      const { began, recovered, outcomes, questions } = await told.promise;
      expect(began).toBeGreaterThan(1);
      expect(recovered).toEqual(['message.send', 'message.send']);
      expect(outcomes).toEqual(['accepted', 'accepted']);
      expect(questions).toEqual(['Heard', 'First', 'Second']);
    } finally {
      await browser.close();
      await Promise.all([pages.close(), server.stop()]);
    }
  }, 60_000);
});
