import { agent, CommandRejectedError, connect, createSession, mintId, type PeopleSession, type SessionView } from '../../src/index.ts';

/** What the story found, as the test reads it. */
export interface Told {
  readonly transport: string;
  /** Texts of the answer that grew while it was streamed. */
  readonly seen: readonly string[];
  /** The events that the phone read, by `seq`. */
  readonly seqs: readonly number[];
  /** How often the view was replaced by a snapshot after the first. */
  readonly snapshots: number;
  readonly outcome: string | undefined;
  /** What the second of two decisions was told. */
  readonly loser: string;
  /** Messages by people in the session after all. */
  readonly questions: readonly string[];
}

const call = async (name: string, body: unknown = null): Promise<unknown> => (await fetch(`/${name}`, { method: 'POST', body: JSON.stringify(body) })).json();

const textOf = ({ state }: SessionView, role: string): string =>
  state.messages.flatMap((message) => (message.role === role ? message.parts : [])).map((part) => (part.kind === 'text' ? part.text : '')).join('|');

/** Resolves once something holds of a session's view. */
const until = (session: Pick<PeopleSession, 'view' | 'onChange'>, holds: (view: SessionView) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!holds(session.view)) return;
      ignore();
      resolve();
    };
    const ignore = session.onChange(look);
    look();
  });

/** A person and an agent in one page: attach, live deltas, a crash of the server, resume, send, approval. */
async function tell(url: string, transport: 'websocket' | 'sse'): Promise<Told> {
  const sessionId = await createSession({ url, token: 'tok-alice', title: 'In a page' });
  const at = { url, session: sessionId, transport, backoff: { baseMs: 20, capMs: 200 } } as const;
  const [phone, bob, worker] = [connect({ ...at, token: 'tok-alice' }), connect({ ...at, token: 'tok-bob' }), agent({ ...at, token: 'tok-worker' })];
  const [seen, seqs]: [string[], number[]] = [[], []];
  let snapshots = 0;
  const read = (async () => {
    for await (const { event, view } of phone.events()) {
      if (event === undefined) snapshots += 1;
      else {
        // A compacted delta stands for several events.
        const from = 'from' in event && typeof event.from === 'number' ? event.from : event.seq;
        for (let seq = from; seq <= event.seq; seq++) seqs.push(seq);
        const text = view.state.messages.flatMap(({ role, parts }) => (role === 'assistant' ? parts : [])).map((part) => (part.kind === 'text' ? part.text : '')).join('');
        if (text !== seen.at(-1)) seen.push(text);
      }
    }
  })();
  await Promise.all([phone.live(), bob.live(), worker.live()]);

  const { runId = '' } = await phone.send('Why is the disk full?');
  await until(worker, ({ state }) => state.runs.some((run) => run.runId === runId));
  const run = await worker.claim(runId);
  const [messageId, partId, requestId] = [mintId(), mintId(), mintId()];
  await run.append([{ type: 'message.created', messageId, role: 'assistant', parts: [{ partId, kind: 'text' }] }]);
  for (const delta of ['The ', 'log ']) await run.append([{ type: 'part.delta', partId, delta }]);
  const crashed = call('crash');
  // Given while nobody may answer: each takes effect once.
  const sent = phone.send('And the other one?');
  for (const delta of ['holds ', '92 ', '% ', 'of it.']) await run.append([{ type: 'part.delta', partId, delta }]);
  await Promise.all([crashed, sent]);

  await run.append([{ type: 'request.opened', requestId, kind: 'approval', prompt: 'Delete it?' }]);
  await Promise.all([phone, bob].map((session) => until(session, ({ state }) => state.requests.length === 1)));
  await bob.resolve(requestId, { outcome: 'denied' });
  const loser = await phone.resolve(requestId, { outcome: 'approved' }).then(() => 'won', (error: unknown) => (error instanceof CommandRejectedError ? `${error.code} ${String(error.details['outcome'])}` : String(error)));
  await run.end({ outcome: 'completed' });
  await until(phone, ({ state }) => state.runs.some((each) => each.runId === runId && each.status === 'ended'));
  const { view } = phone;
  for (const session of [phone, bob, worker]) session.close();
  await read;
  return { transport, seen, seqs, snapshots: snapshots - 1, outcome: view.state.runs.find((each) => each.runId === runId)?.outcome, loser, questions: textOf(view, 'user').split('|') };
}

const url = String(await call('server'));
try {
  for (const transport of ['websocket', 'sse'] as const) await call('told', await tell(url, transport));
  await call('done');
} catch (error) {
  await call('failed', error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
}
