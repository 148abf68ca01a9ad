import { createByteQueue } from './byte-queue.ts';
import { bodyFraming, createBodyReader, type BodyItem, type BodyReader } from './http-body.ts';
import { headerHasToken, parseRequestHead, parseResponseHead, type RequestHead, type ResponseHead } from './http-codec.ts';

/**
 * One finding in the bytes of an HTTP/1.1 connection: a head, a piece of its body, its end, bytes that belong to the protocol after an upgrade, or a violation after which nothing more is found.
 */
export type HttpItem<Head> = { readonly kind: 'head'; readonly head: Head; readonly byteLength: number } | BodyItem | { readonly kind: 'upgraded'; readonly bytes: Buffer };

/** An incremental parser; `finish` tells it that the peer has ended the connection. */
export interface HttpParser<Head> {
  push(chunk: Uint8Array): HttpItem<Head>[];
  finish(): HttpItem<Head>[];
}

/** The longest head that is read: four times what a server may refuse, so that a broken peer is named and not waited for. */
const maxHeadBytes = 65_536;

interface Grammar<Head> {
  readonly parse: (text: string) => Head | undefined;
  readonly isUpgrade: (head: Head) => boolean;
  readonly bodyOf: (head: Head) => BodyReader;
  /** Whether the end of the connection may end the body. */
  readonly endsWithConnection: (head: Head) => boolean;
}

type ParserState<Head> =
  | { readonly kind: 'head' }
  | { readonly kind: 'upgraded' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'body'; readonly head: Head; readonly read: BodyReader };

const createParser = <Head>(grammar: Grammar<Head>): HttpParser<Head> => {
  const queue = createByteQueue();
  let state: ParserState<Head> = { kind: 'head' };

  const fail = (message: string): HttpItem<Head> => {
    state = { kind: 'failed' };
    return { kind: 'error', message };
  };

  const nextHead = (): HttpItem<Head> | undefined => {
    const bytes = queue.peek(Math.min(queue.length, maxHeadBytes)) ?? Buffer.alloc(0);
    const end = bytes.indexOf('\r\n\r\n');
    if (end === -1) return queue.length >= maxHeadBytes ? fail(`a head must end within ${maxHeadBytes} bytes`) : undefined;
    const head = grammar.parse(bytes.toString('latin1', 0, end));
    if (head === undefined) return fail(`a head of HTTP/1.1 was expected: got ${JSON.stringify(bytes.toString('latin1', 0, Math.min(end, 80)))}`);
    queue.take(end + 4);
    state = grammar.isUpgrade(head) ? { kind: 'upgraded' } : { kind: 'body', head, read: grammar.bodyOf(head) };
    return { kind: 'head', head, byteLength: end + 4 };
  };

  const next = (): HttpItem<Head> | undefined => {
    if (state.kind === 'head') return nextHead();
    if (state.kind === 'upgraded') return queue.length === 0 ? undefined : { kind: 'upgraded', bytes: queue.takeAll() };
    if (state.kind === 'failed') return undefined;
    const item = state.read(queue);
    if (item?.kind === 'error') return fail(item.message);
    if (item?.kind === 'end') state = { kind: 'head' };
    return item;
  };

  const drain = (): HttpItem<Head>[] => {
    const found: HttpItem<Head>[] = [];
    for (let item = next(); item !== undefined; item = next()) if (item.kind !== 'body' || item.bytes.length > 0) found.push(item);
    return found;
  };

  return {
    push(chunk) {
      queue.push(chunk);
      return drain();
    },
    finish() {
      if (state.kind === 'body' && grammar.endsWithConnection(state.head)) {
        state = { kind: 'failed' };
        return [{ kind: 'end' }];
      }
      const isWhole = state.kind === 'upgraded' || state.kind === 'failed' || (state.kind === 'head' && queue.length === 0);
      return isWhole ? [] : [fail('the connection ended inside a message')];
    },
  };
};

/** Creates a parser of the requests that a client sends on one connection. */
export const createRequestParser = (): HttpParser<RequestHead> =>
  createParser<RequestHead>({
    parse: parseRequestHead,
    isUpgrade: (head) => headerHasToken(head, 'connection', 'upgrade') && headerHasToken(head, 'upgrade', 'websocket'),
    bodyOf: (head) => createBodyReader(bodyFraming(head, 'none')),
    endsWithConnection: () => false,
  });

const hasNoBody = (head: ResponseHead): boolean => head.status < 200 || head.status === 204 || head.status === 304;

/** Creates a parser of the responses to requests other than HEAD. */
export const createResponseParser = (): HttpParser<ResponseHead> =>
  createParser<ResponseHead>({
    parse: parseResponseHead,
    isUpgrade: (head) => head.status === 101,
    bodyOf: (head) => createBodyReader(hasNoBody(head) ? { kind: 'none' } : bodyFraming(head, 'until-close')),
    endsWithConnection: (head) => bodyFraming(head, 'until-close').kind === 'until-close',
  });
