import { connect, keepIn } from '../../src/index.ts';

// The program of this repository has Node's types only.
declare const sessionStorage: { getItem(key: string): string | null; setItem(key: string, text: string): void };
declare const location: { reload(): void };

/** What the second life of the page found. */
export interface Recovery {
  /** The position with which it began, before any connection. */
  readonly began: number | undefined;
  readonly recovered: readonly string[];
  readonly outcomes: readonly string[];
  readonly questions: readonly string[];
}

const call = async (name: string, body: unknown = null): Promise<unknown> => (await fetch(`/${name}`, { method: 'POST', body: JSON.stringify(body) })).json();

const { url, session: id } = (await call('server')) as { url: string; session: string };
const session = connect({ url, session: id, token: 'tok-alice', storage: keepIn(sessionStorage), backoff: { baseMs: 20, capMs: 200 } });
const recovered = await session.recovered();

if (recovered.length === 0) {
  // The first life: says something while nobody can answer, and is reloaded before it hears of it.
  await session.send('Heard', { runId: null });
  await call('down');
  for (const text of ['First', 'Second']) session.send(text, { runId: null }).catch(() => undefined);
  await session.until(({ connection }) => connection === 'waiting');
  location.reload();
} else {
  const began = session.view.position?.seq;
  await call('up');
  const accepted = await Promise.all(recovered.map(({ settled }) => settled));
  for (const { position } of accepted) if (position !== undefined) await session.holding(position); // COMMAND-53
  const outcomes = accepted.map(({ outcome }) => outcome);
  const { state } = session.view;
  const questions = state.messages.flatMap(({ parts }) => parts).map((part) => (part.kind === 'text' ? part.text : ''));
  const told: Recovery = { began, recovered: recovered.map(({ command }) => command.type), outcomes, questions };
  await call('told', told);
}
