import { errorDefinition } from '@durable-session/schemas';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, isControl, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** A bye is the last frame, its action is that of its code, and a WebSocket repeats it in its close code. */
export const goodbye: Oracle = {
  name: 'goodbye',
  cites: ['BYE-1', 'BYE-2', 'BYE-3', 'WS-10', 'ERROR-10', 'ERROR-11'],
  judge: (transcript) => connectionsOf(transcript).flatMap((view) => [...judgeBye(view), ...judgeProblems(view)]),
};

function judgeBye(view: ConnectionView): Finding[] {
  const index = view.received.findIndex((entry) => isControl(entry, 'bye'));
  const bye = view.received[index];
  if (bye === undefined) {
    // Closing in order without having said why is not for a server to do; a reset or a lost process may be nobody's purpose.
    const silent = view.wire === 'websocket' && view.end?.by === 'peer' && view.end.how === 'close' && (view.end.code ?? 0) >= 4000;
    return silent ? [finding(['BYE-1'], false, [view.end], 'a bye before the end', `close ${view.end?.code ?? ''} alone`)] : [];
  }
  const after = view.received[index + 1];
  const row = errorDefinition(String(bye.frame['code']));
  const { end } = view;
  return [
    finding(['BYE-1'], true, [bye], 'a bye before the end'),
    finding(['BYE-2'], after === undefined, [after ?? bye], 'no frame after bye', after?.text.slice(0, 100)),
    ...(row?.action === undefined ? [] : [finding(['BYE-3'], row.action === bye.frame['action'], [bye], `the action ${row.action} of ${row.code}`, String(bye.frame['action']), '/action')]),
    ...(view.wire === 'websocket' && end?.by === 'peer' && end.how === 'close' && row?.close !== undefined ? [finding(['WS-10'], end.code === row.close, [end, bye], `close code ${row.close} of ${row.code}`, String(end.code))] : []),
  ];
}

function judgeProblems(view: ConnectionView): Finding[] {
  return view.entries.flatMap((entry): Finding[] => {
    if (entry.kind !== 'response' || entry.status < 400 || entry.body === undefined || entry.body === '') return [];
    const type = entry.headers['content-type'] ?? '';
    const problem = parseProblem(entry.body);
    const shaped = type.startsWith('application/problem+json') && problem !== undefined && problem.status === entry.status;
    const row = problem === undefined ? undefined : errorDefinition(problem.code);
    return [
      finding(['ERROR-10'], shaped, [entry], 'application/problem+json with code, message, retryable, title and status', `${type} ${entry.body.slice(0, 150)}`),
      ...(row?.status === undefined ? [] : [finding(['ERROR-11'], row.status === entry.status, [entry], `the status ${row.status} of ${row.code}`, String(entry.status))]),
    ];
  });
}

function parseProblem(body: string): { readonly code: string; readonly status: number } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('code' in value) || !('status' in value) || !('message' in value) || !('retryable' in value)) return undefined;
    return typeof value.code === 'string' && typeof value.status === 'number' ? { code: value.code, status: value.status } : undefined;
  } catch {
    return undefined;
  }
}
