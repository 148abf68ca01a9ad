import { isCount, isFields, isText } from '../wire/checks.ts';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What an HTTP answer without success says. */
export interface HttpFailure {
  readonly status: number;
  /** The code of its problem document. */
  readonly code?: string;
  readonly message?: string;
  readonly retryAfterMs?: number;
  readonly retryable?: boolean;
  readonly details?: { readonly [key: string]: unknown };
}

/** `Retry-After` in milliseconds; a date, or nothing, gives undefined. */
function retryAfterMsOf(response: Response): number | undefined {
  const seconds = response.headers.get('Retry-After');
  return seconds !== null && /^\d{1,9}$/.test(seconds.trim()) ? Number(seconds) * 1_000 : undefined;
}

/** Reads the body of an answer as JSON; undefined if it is none. */
export async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined; // a proxy's page, judged by its status (ERROR-12)
    throw error;
  }
}

/** Reads what an answer without success says: its problem document, else its status alone (ERROR-12). */
export async function failureOf(response: Response): Promise<HttpFailure> {
  const body = await jsonOf(response);
  const problem = isFields(body) && isText(body['code']) && isText(body['message']) ? body : {};
  const { code, message, retryable, details, retryAfterMs = retryAfterMsOf(response) } = problem;
  return {
    status: response.status,
    ...(isText(code) ? { code } : {}),
    ...(isText(message) ? { message } : {}),
    ...(typeof retryable === 'boolean' ? { retryable } : {}),
    ...(isFields(details) ? { details } : {}),
    ...(isCount(retryAfterMs) ? { retryAfterMs } : {}),
  };
}
