import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

export type Frame = { readonly type?: string; readonly seq?: number; readonly [field: string]: unknown };

const bin = fileURLToPath(new URL('../bin/reference-server.js', import.meta.url));

/** Who comes to the tests. */
export const tokens = [
  { token: 'tok-controller', principal: 'alice', role: 'controller', name: 'Alice' },
  { token: 'tok-agent', principal: 'bot', role: 'agent' },
  { token: 'tok-observer', principal: 'eve', role: 'observer' },
  { token: 'tok-stranger', principal: 'mallory', role: 'controller', sessions: [] },
];

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Asks for one hook, and gives its answer. */
  hook(fields: { readonly hook: string; readonly [field: string]: unknown }): Promise<Frame>;
  /** Ends it by a signal, and waits for its end; gives the exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts a server as a program does: settings on one line in, the URL on one line out. */
export async function startServer(settings: object = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [bin, '--settings-from-stdin'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write(`${JSON.stringify({ port: 0, tokens, ...settings })}\n`);
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const { url } = JSON.parse(String(line));
  return {
    url,
    child,
    async hook(fields) {
      const answered = once(lines, 'line');
      child.stdin.write(`${JSON.stringify(fields)}\n`);
      const [answer] = await answered;
      return JSON.parse(String(answer));
    },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}

/** A WebSocket that keeps what it gets, as text and as frames. */
export class Peer {
  readonly frames: Frame[] = [];
  readonly texts: string[] = [];
  readonly socket: WebSocket;
  closeCode: number | undefined;
  #wake: () => void = () => {};

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, 'durable-session');
    this.socket.on('message', (data) => {
      const text = String(data);
      this.texts.push(text);
      this.frames.push(JSON.parse(text));
      this.#wake();
    });
    this.socket.on('close', (code) => {
      this.closeCode = code;
      this.#wake();
    });
    // The close that follows is what tests look at.
    this.socket.on('error', () => this.#wake());
  }

  static async attach(url: string, session: string, token: string, hello: object = {}): Promise<Peer> {
    const peer = new Peer(url);
    await once(peer.socket, 'open');
    peer.send({ type: 'hello', versions: [1], session, token, ...hello });
    return peer;
  }

  send(frame: object): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Waits for the first frame that passes; fails when the socket closes before. */
  async until(test: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(test);
      if (found) return found;
      if (this.closeCode !== undefined) throw new Error(`closed with ${this.closeCode} before the frame came`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  untilType = (type: string): Promise<Frame> => this.until((frame) => frame.type === type);

  /** Waits for the close, and gives its code. */
  async untilClosed(): Promise<number> {
    while (this.closeCode === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.closeCode;
  }

  /** Sends a command and waits for its ack. */
  async ask(command: { readonly id: string; readonly [field: string]: unknown }): Promise<Frame> {
    this.send(command);
    return this.until((frame) => frame.type === 'ack' && frame['id'] === command.id);
  }

  /** The events so far. */
  get events(): readonly Frame[] {
    return this.frames.filter(({ seq }) => seq !== undefined);
  }
}

/** Sends a request with a token. */
export const request = (url: string, path: string, token: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });

/** Sends a command by POST; gives the body of the answer. */
export async function post(url: string, path: string, token: string, command: object): Promise<Frame> {
  const response = await request(url, `${path}?versions=1`, token, { method: 'POST', body: JSON.stringify(command), headers: { 'content-type': 'application/json' } });
  const body: unknown = await response.json();
  return body as Frame;
}

export const create = (url: string, sessionId: string): Promise<Frame> =>
  post(url, '/sessions', 'tok-controller', { type: 'session.create', id: `create-${sessionId}`, sessionId });

/** Starts a run r1 and claims it; gives the agent's peer. */
export async function claimedRun(url: string, session: string, agent = 'agent-1'): Promise<Peer> {
  await post(url, `/sessions/${session}/commands`, 'tok-controller', {
    type: 'message.send', id: 'send-m1', messageId: 'm1', runId: 'r1', parts: [{ partId: 'u1', kind: 'text', text: 'go' }],
  });
  const peer = await Peer.attach(url, session, 'tok-agent');
  await peer.ask({ type: 'run.claim', id: 'claim-r1', runId: 'r1', agent });
  return peer;
}

export const append = (n: number, ...events: object[]) => ({ type: 'events.append', id: `append-${n}`, runId: 'r1', agent: 'agent-1', term: 1, n, events });

export const openText = [{ type: 'message.created', messageId: 'm2', role: 'assistant' }, { type: 'part.created', messageId: 'm2', partId: 'p1', kind: 'text' }];

export const delta = (text: string) => ({ type: 'part.delta', partId: 'p1', delta: text });
