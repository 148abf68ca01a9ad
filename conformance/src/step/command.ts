import { openExchange, type HttpExchange } from '../peer/http-exchange.ts';
import { heldPosition, type Participant, type SentCommand } from '../run/participant.ts';
import { NotTestable, PrerequisiteMissing } from '../run/scenario-stop.ts';
import { settle, tokenOf, type Stage, type StepPlace } from '../run/stage.ts';
import { isFields, parseFields, type Json, type JsonFields } from '../scenario/json.ts';
import { match } from '../scenario/pattern.ts';
import { ScenarioError } from '../scenario/scenario-error.ts';
import { under } from '../target/discover.ts';
import type { Entry } from '../transcript/entry.ts';
import { redactFrame } from '../transcript/redact.ts';
import { rememberHeld, withAgentFields } from './agent-fields.ts';
import { refusalOf } from './attach.ts';
import { describeEntry } from './describe-entry.ts';
import { waitAndRead } from './wait-and-read.ts';

/** One command to send: its frame, and how. */
export interface Outgoing {
  readonly participant: Participant;
  readonly text: string;
  readonly id: string;
  readonly type: string;
  readonly via: 'websocket' | 'post';
  readonly session: string;
  readonly token?: string;
  /** Whether the scenario means the frame to be wrong. */
  readonly isWrong: boolean;
}

/** What a step may choose about sending. */
export interface SendOptions {
  readonly via?: string;
  readonly session?: string;
  readonly token?: string;
  readonly isWrong?: boolean;
}

/** Builds the frame of a command; an `id` is minted unless the scenario gives one, and agents' fields are filled in. */
export function outgoing(stage: Stage, participant: Participant, command: JsonFields, options: SendOptions): Outgoing {
  const frame = { id: stage.chance.mintId(), ...withAgentFields(participant, command) };
  const kept = Object.fromEntries(Object.entries(frame).filter(([, value]) => !(isFields(value) && value['$absent'] === true)).map(([name, value]) => [name, unrolled(value)]));
  const text = JSON.stringify(kept);
  const { maxFrameBytes } = stage.target.discovery.limits;
  if (options.isWrong !== true && text.length > maxFrameBytes) throw new NotTestable(`limits.maxFrameBytes of at least ${text.length}`);
  return { ...routed(stage, participant, options), participant, text, id: String(frame.id), type: String(kept['type']) };
}

/** A list in which `{"$times": n, "of": item}` stands for so many of the item. */
function unrolled(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).flatMap((item) => (isFields(item) && typeof item['$times'] === 'number' ? Array.from({ length: item['$times'] }, () => item['of'] ?? null) : [item]));
}

/** The same bytes as an earlier command. */
export function repeated(stage: Stage, participant: Participant, earlier: SentCommand, options: SendOptions): Outgoing {
  return { ...routed(stage, participant, options), participant, text: earlier.text, id: earlier.id, type: earlier.type };
}

function routed(stage: Stage, participant: Participant, options: SendOptions): Pick<Outgoing, 'via' | 'session' | 'token' | 'isWrong'> {
  const own = participant.transport === 'websocket' ? 'websocket' : 'post';
  const via = options.via === 'post' ? 'post' : own;
  return { via: via === 'post' && !stage.isClaimed('sse') ? 'websocket' : via, session: options.session ?? stage.session, isWrong: options.isWrong === true, ...(options.token === undefined ? {} : { token: options.token }) };
}

/** A command on its way: `fire` sends it, where `prepare` held it back. */
export interface Prepared {
  readonly ready: Promise<void>;
  fire(): SentCommand;
}

/** Gets a command ready to be sent in one moment with others: over POST, the socket is connected and waits. */
export function prepare(stage: Stage, command: Outgoing): Prepared {
  return command.via === 'websocket' ? prepareOnWebSocket(command) : preparePost(stage, command);
}

function prepareOnWebSocket({ participant, text, id, type, isWrong }: Outgoing): Prepared {
  const connection = participant.connection;
  if (connection === undefined) throw new ScenarioError(`${participant.name} must be connected before it sends`);
  return {
    ready: Promise.resolve(),
    fire() {
      if (connection.inbox.ended) throw new PrerequisiteMissing(`${participant.name} can not send: its connection has ended`);
      const from = connection.inbox.entries.length;
      connection.send(text, isWrong ? 'wrong' : 'earnest');
      return { id, type, text, inbox: connection.inbox, from };
    },
  };
}

function preparePost(stage: Stage, { participant, text, id, type, session, token, isWrong }: Outgoing): Prepared {
  const base = stage.target.endpoints.sse ?? stage.target.endpoints.http;
  participant.connections += 1;
  const name = `${participant.name}#${participant.connections}`;
  let open = (): void => undefined;
  const gate = new Promise<void>((settleGate) => (open = settleGate));
  const exchange: HttpExchange = openExchange(
    {
      method: 'POST',
      url: under(base, `/sessions/${session}/commands?versions=1`),
      headers: [['Authorization', `Bearer ${token ?? tokenOf(stage, participant.credential)}`], ['Content-Type', 'application/json']],
      body: text,
    },
    { recorder: stage.recorder, participant: participant.name, name, session, credential: participant.credential, writing: () => participant.writing },
    gate,
  );
  return {
    ready: exchange.connected,
    fire() {
      const frame = parseFields(text);
      if (frame !== undefined) stage.recorder.record({ kind: 'frame', participant: participant.name, connection: name, direction: 'to-server', ...redactFrame(frame, text), bytes: Buffer.byteLength(text), ...(isWrong ? { deliberate: true as const } : {}) });
      if (participant.stalled) exchange.stall();
      open();
      return { id, type, text, inbox: exchange.inbox, from: 0 };
    },
  };
}

/** Whether an entry answers a command: its ack, or what came in place of one. */
export const isAnswer = (sent: SentCommand) => (entry: Entry): boolean =>
  (entry.kind === 'frame' && entry.frame['type'] === 'ack' && entry.frame['id'] === sent.id) || refusalOf(entry) !== undefined;

/** Waits for the answer to a command; undefined, with a note in the transcript, when none came. */
export async function awaitAnswer(stage: Stage, participant: Participant, sent: SentCommand): Promise<Entry | undefined> {
  const waited = await waitAndRead(sent.inbox, (entry) => isAnswer(sent)(entry) && !(entry.kind === 'response' && entry.status === 200), sent.from, stage.patienceMs);
  if ('found' in waited) {
    if (waited.found.kind === 'frame') rememberHeld(participant, sent, waited.found.frame);
    return waited.found;
  }
  if (waited.vain === 'time') stage.recorder.record({ kind: 'note', participant: participant.name, connection: participant.connection?.name ?? '', text: 'waited in vain', data: { for: 'ack', id: sent.id } });
  return undefined;
}

/** Expects an answer that fits a pattern: of an ack, or, with `refused`, of what stands for one. */
export async function expectAnswer(stage: Stage, place: StepPlace, participant: Participant, sent: SentCommand, pattern: Json, refused: boolean): Promise<void> {
  const answer = await awaitAnswer(stage, participant, sent);
  const isAck = answer?.kind === 'frame' && answer.frame['type'] === 'ack';
  const value = answer === undefined ? undefined : refused ? refusalOf(answer) : isAck ? answer.frame : undefined;
  const expected = `${refused ? 'a refusal' : 'an ack'} ${JSON.stringify(pattern)} of ${sent.type}`;
  if (value === undefined || answer === undefined) {
    return settle(stage, place, { held: false, expected, actual: answer === undefined ? `no answer within ${stage.patienceMs} ms` : describeEntry(answer), lines: answer === undefined ? [] : [answer.line], ...(answer === undefined ? { isVain: true } : {}) });
  }
  const result = match(pattern, value);
  if (result.matches) for (const [name, captured] of result.captures) place.scope.capture(name, captured);
  settle(stage, place, { held: result.matches, expected, actual: describeEntry(answer), lines: [answer.line], ...(result.matches ? {} : { path: result.mismatch.path }) });
  await catchUp(stage, participant, value);
}

/** COMMAND-53: who relies on the effect of its own command first holds `ack.position`. */
async function catchUp(stage: Stage, participant: Participant, ack: JsonFields): Promise<void> {
  const position = ack['position'];
  const connection = participant.connection;
  if (ack['status'] !== 'accepted' || !isFields(position) || connection === undefined || connection.inbox.ended || participant.stalled) return;
  const target = Number(position['seq']);
  await connection.inbox.waitFor(() => Number(heldPosition(participant)?.['seq'] ?? 0) >= target, 0, stage.patienceMs);
}
