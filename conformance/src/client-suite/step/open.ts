import { afterProof, nothingHeld } from '../held-position.ts';
import type { StepOf } from '../format.ts';
import { askDriver, resultOf, type Story } from '../story.ts';

/** Opens the client's own door of the host, and lets the driver open the client. */
export const open = async (story: Story, { client = 'app', role = 'people', at, connectMs, host, discovers }: StepOf<'open'>): Promise<void> => {
  const token = `${client}-${story.mintId()}`;
  const position = at === undefined ? undefined : { epoch: story.log.epoch, seq: at };
  const held = position === undefined ? nothingHeld : afterProof({ ceiling: position, floor: undefined }, position);
  const driven = `${story.session}-${client}`;
  const opened = await story.host.open(client);
  if (discovers !== undefined) {
    const url = await story.host.open(discovers);
    story.host.setDiscovery(client, { transports: { websocket: { url: `${url.replace('http', 'ws')}/scripted/connect` }, sse: { url: `${url}/scripted` }, http: { url: `${url}/scripted` } } });
  }
  const url = host === undefined ? opened : opened.replace('127.0.0.1', host);
  story.clients.set(client, { driven, url, role, tokens: [token], connection: undefined, previous: undefined, isSilent: true, held, endedAt: undefined, delays: [] });
  const backoff = story.file.backoff ?? { baseMs: 10, capMs: 80, healthMs: 10_000 };
  const fields = { url, session: story.session, token, role, transport: story.transport, backoff, ...(position === undefined ? {} : { position }), ...(connectMs === undefined ? {} : { connectMs }) };
  resultOf(await askDriver(story, client, 'open', fields, story.bounds.patienceMs), 'open');
};
