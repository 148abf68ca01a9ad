/** One header line, in the spelling and order of the wire. */
export type Header = readonly [name: string, value: string];

/** The head of a request. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
}

/** The head of a response. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
}

const renderHead = (start: string, headers: readonly Header[]): string => [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');

/** Renders the head of a request, headers exactly as given. */
export const renderRequestHead = (head: RequestHead): string => renderHead(`${head.method} ${head.target} HTTP/1.1`, head.headers);

/** Renders the head of a response, headers exactly as given. */
export const renderResponseHead = (head: ResponseHead): string => renderHead(`HTTP/1.1 ${head.status} ${head.reason}`, head.headers);

/** Renders one piece of a chunked body; a piece without bytes ends the body. */
export const renderChunk = (bytes: Uint8Array | string): Buffer => {
  const payload = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${payload.length.toString(16)}\r\n`), payload, Buffer.from('\r\n')]);
};

/** Returns the first value of a header, whatever its spelling, or undefined. */
export const headerValue = (head: { readonly headers: readonly Header[] }, name: string): string | undefined =>
  head.headers.find(([candidate]) => candidate.toLowerCase() === name.toLowerCase())?.[1];

/** Tells whether a comma-separated header names a token, whatever its case. */
export const headerHasToken = (head: { readonly headers: readonly Header[] }, name: string, token: string): boolean =>
  head.headers.some(([candidate, value]) => candidate.toLowerCase() === name.toLowerCase() && value.toLowerCase().split(',').some((part) => part.trim() === token.toLowerCase()));

const parseHeaders = (lines: readonly string[]): readonly Header[] | undefined => {
  const headers = lines.map((line) => /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(line));
  const found = headers.flatMap((match): Header[] => (match?.[1] === undefined ? [] : [[match[1], match[2] ?? '']]));
  return found.length === lines.length ? found : undefined;
};

/** Parses the text of a request head, without its empty line; undefined if it is none. */
export const parseRequestHead = (text: string): RequestHead | undefined => {
  const [start = '', ...lines] = text.split('\r\n');
  const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(start);
  const headers = parseHeaders(lines);
  return match?.[1] === undefined || match[2] === undefined || headers === undefined ? undefined : { method: match[1], target: match[2], headers };
};

/** Parses the text of a response head, without its empty line; undefined if it is none. */
export const parseResponseHead = (text: string): ResponseHead | undefined => {
  const [start = '', ...lines] = text.split('\r\n');
  const match = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(start);
  const headers = parseHeaders(lines);
  return match?.[1] === undefined || headers === undefined ? undefined : { status: Number(match[1]), reason: match[2] ?? '', headers };
};
