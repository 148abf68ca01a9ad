import { validate } from '@durable-session/schemas';

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

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);

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
  const headerMs = retryAfterMsOf(response);
  if (!isRecord(body) || validate('Problem', body) !== undefined) {
    return { status: response.status, ...(headerMs === undefined ? {} : { retryAfterMs: headerMs }) };
  }
  const retryAfterMs = typeof body['retryAfterMs'] === 'number' ? body['retryAfterMs'] : headerMs;
  return {
    status: response.status,
    ...(typeof body['code'] === 'string' ? { code: body['code'] } : {}),
    ...(typeof body['message'] === 'string' ? { message: body['message'] } : {}),
    ...(typeof body['retryable'] === 'boolean' ? { retryable: body['retryable'] } : {}),
    ...(isRecord(body['details']) ? { details: body['details'] } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
