import { createInterface } from 'node:readline';
import type { Client } from '../client.ts';
import { SessionError } from '../errors.ts';
import { claimRun, eventsOf, openParticipant, viewAt, type Participant } from './participants.ts';
import { outcomeOf, reportView } from './report.ts';
import { given, optionalTextOf, optionalWordOf, readRequest, RequestError, textOf, wordOf, type DriverRequest } from './request.ts';

type Handler = (request: DriverRequest) => unknown;

const outcomes = ['approved', 'denied', 'answered', 'failed', 'cancelled'] as const;

/** The commands of the driver protocol, each as what it does with the public API of this package. */
function makeHandlers(client: Client): Map<string, Handler> {
  const participants = new Map<string, Participant>();

  const participantOf = (request: DriverRequest): Participant => {
    const name = textOf(request, 'client');
    const participant = participants.get(name);
    if (participant === undefined) throw new RequestError(`client must be open: got ${name}`);
    return participant;
  };
  const peopleOf = (request: DriverRequest) => {
    const participant = participantOf(request);
    if (participant.role !== 'people') throw new RequestError(`client must have the role people for ${request.command}`);
    return participant.session;
  };
  const agentOf = (request: DriverRequest) => {
    const participant = participantOf(request);
    if (participant.role !== 'agent') throw new RequestError(`client must have the role agent for ${request.command}`);
    return participant;
  };
  const runOf = (request: DriverRequest) => {
    const runId = textOf(request, 'runId');
    const run = agentOf(request).runs.get(runId);
    if (run === undefined) throw new RequestError(`run must be claimed by this client: got ${runId}`);
    return run;
  };

  return new Map<string, Handler>([
    ['open', (request) => void participants.set(textOf(request, 'client'), openParticipant(client, request))],
    ['send', (request) => {
      const text = { partId: `${textOf(request, 'messageId')}-text`.slice(-64), kind: 'text', text: textOf(request, 'text'), ended: true } as const;
      const ifBusy = optionalWordOf(request, 'ifBusy', ['queue', 'steer', 'interrupt', 'reject']);
      const options = { messageId: textOf(request, 'messageId'), runId: optionalTextOf(request, 'runId') ?? null, ...given('ifBusy', ifBusy) };
      return outcomeOf(peopleOf(request).send([text], options));
    }],
    ['cancel', (request) => outcomeOf(peopleOf(request).cancel(textOf(request, 'runId')))],
    ['resolve', (request) => {
      const decision = { outcome: wordOf(request, 'outcome', outcomes), ...given('optionId', optionalTextOf(request, 'optionId')), ...given('value', request['value']) };
      return outcomeOf(peopleOf(request).resolve(textOf(request, 'requestId'), decision));
    }],
    ['view', async (request) => {
      const { session } = participantOf(request);
      if (typeof request['atLeast'] === 'number') await viewAt(session, request['atLeast']);
      return reportView(session.view);
    }],
    ['online', (request) => {
      if (request['online'] === true) participantOf(request).session.wake();
    }],
    ['token', (request) => participantOf(request).session.renew(textOf(request, 'token'))],
    ['close', (request) => {
      participantOf(request).session.close();
      participants.delete(textOf(request, 'client'));
    }],
    ['claim', async (request) => {
      const { term } = await claimRun(agentOf(request), textOf(request, 'runId'), textOf(request, 'agent'));
      return { term };
    }],
    ['append', (request) => {
      const appended = runOf(request).append(eventsOf(request));
      return outcomeOf(appended.then(({ from, seq }) => ({ outcome: 'accepted', result: { ...given('from', from), ...given('seq', seq) } })));
    }],
    ['release', (request) => outcomeOf(runOf(request).release(wordOf(request, 'reason', ['waiting', 'released'])))],
  ]);
}

async function answer(handlers: ReadonlyMap<string, Handler>, request: DriverRequest): Promise<object> {
  const { id, command } = request;
  const handler = handlers.get(command);
  if (handler === undefined) return { id, unsupported: true };
  try {
    const result = await handler(request);
    return { id, ok: true, ...(result === undefined ? {} : { result }) };
  } catch (error) {
    if (!(error instanceof SessionError || error instanceof RequestError)) throw error;
    return { id, error: { code: error.code, message: error.message } };
  }
}

/** Serves the driver protocol of the conformance runner on stdin and stdout with a client, until stdin ends. */
export function runDriver(client: Client): void {
  const handlers = makeHandlers(client);
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    answer(handlers, readRequest(line)).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`));
  });
  lines.on('close', () => process.exit(0));
}
