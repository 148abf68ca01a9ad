// Drives YOUR CLIENT for the conformance suite of the Durable Session Protocol.
//
// The suite writes one JSON object a line to stdin, {"id", "command", "client", …}, and reads one answer a line from stdout.
// Fill in the functions below, `open`, `view` and `close` first; each comment says what to do and what to return.
// A function that throws Unsupported is honest: what needs it is then untested. Never answer what your client did not show.
// Write to stderr (console.error) what else you have to say; stdout is for answers. Then: npx @durable-session/conformance client
import { createInterface } from 'node:readline';

/** Your client cannot do this, or you have not come to it yet. */
class Unsupported extends Error {}

interface Request {
  readonly id: number;
  readonly command: string;
  /** The suite's name for one of your clients: several are open at a time. */
  readonly client: string;
  readonly [field: string]: unknown;
}

type Answer = (request: Request) => object | void | Promise<object | void>;

/** Your clients, by the suite's names for them; `unknown` stands for their type. */
const clients = new Map<string, unknown>();

const commands: { readonly [command: string]: Answer } = {
  /**
   * Makes a client that attaches by itself, and goes on attaching until it is closed; returns at once.
   *
   * url: the base URL of the server; session, token; transport: "websocket" or "sse"; role: "people" or "agent";
   * position, if given: {epoch, seq} to resume from; backoff, if given: {baseMs, capMs, healthMs} to use.
   */
  open(_request) {
    // clients.set(request.client, new YourClient(request.url, request.session, request.token, request.transport));
    throw new Unsupported();
  },

  /**
   * What the user sees now, or, with atLeast, as soon as the position has reached that seq (await it here).
   *
   * Returns {position: {epoch, seq} or null, connection: "connecting" | "live" | "waiting" | "stopped",
   * messages: [{messageId, role, text, ended}], runs: [{runId, status, outcome?}], requests: [{requestId}] that are open,
   * decisions: [{requestId, outcome}], stop?: {code}}.
   */
  view(_request) {
    throw new Unsupported();
  },

  /** The application lets the client go; the session goes on without it. */
  close({ client }) {
    clients.delete(client); // and close it
  },

  /**
   * Sends a message: messageId, text, and if given runId and ifBusy. Await that your client has settled it.
   *
   * Returns {outcome: "accepted" | "noop" | "rejected" | "indeterminate"}, of a rejected one with error: {code}.
   */
  send(_request) {
    throw new Unsupported();
  },

  /** Cancels the run runId. Returns an outcome, as send does. */
  cancel(_request) {
    throw new Unsupported();
  },

  /** Answers the question requestId: outcome, and if given optionId or value. Returns an outcome, as send does. */
  resolve(_request) {
    throw new Unsupported();
  },

  /** From now on, this is the token that the application gives when the client asks for one. */
  token(_request) {
    throw new Unsupported();
  },

  /** The platform says whether there is a network: online is true or false. */
  online(_request) {
    throw new Unsupported();
  },

  // What agents are asked to do (claim, append, release, work, tool) is in driver.schema.json of the suite.
};

/** Answers one request, however long that takes; the others are answered beside it. */
async function answer(request: Request): Promise<object> {
  const { id, command } = request;
  try {
    const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (run === undefined) throw new Unsupported();
    return { id, ok: true, result: (await run(request)) ?? {} };
  } catch (error) {
    if (error instanceof Unsupported) return { id, unsupported: true };
    return { id, error: { code: error instanceof Error ? error.name : 'Error', message: String(error) } };
  }
}

createInterface({ input: process.stdin })
  .on('line', (line) => void answer(JSON.parse(line)).then((reply) => console.log(JSON.stringify(reply))))
  .on('close', () => process.exit(0)); // nothing more is asked, whatever the clients are at
