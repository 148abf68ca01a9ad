import type { ErrorObject } from '@durable-session/schemas';

/** How a tool ended, by what its side effect told. */
export type Ended =
  | { readonly outcome: 'completed'; readonly output: unknown }
  | { readonly outcome: 'failed'; readonly error: ErrorObject }
  | { readonly outcome: 'indeterminate' };

/** Does what stands for a side effect: one POST. Without an answer nobody knows whether it happened (TOOL-10). */
export async function runEffect(url: string, input: unknown, signal: AbortSignal): Promise<Ended> {
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ input }), signal });
    if (response.ok) return { outcome: 'completed', output: await response.json() };
  } catch (error) {
    signal.throwIfAborted();
    console.error('the effect is not known', error);
    return { outcome: 'indeterminate' };
  }
  return { outcome: 'failed', error: { code: 'tool_failed', message: `The tool answered with ${response.status}.`, retryable: false } };
}
