/** A language that the skeleton of a driver is written in. */
export interface DriverLanguage {
  /** The file in `drivers/` of this package. */
  readonly skeleton: string;
  /** The name that it is given in the folder of the client. */
  readonly file: string;
  readonly command: readonly string[];
}

/** Every language that `init --client` knows. */
export const driverLanguages: { readonly [language: string]: DriverLanguage } = {
  typescript: { skeleton: 'driver.ts', file: 'conformance-driver.ts', command: ['node', 'conformance-driver.ts'] },
  python: { skeleton: 'driver.py', file: 'conformance_driver.py', command: ['python3', 'conformance_driver.py'] },
  go: { skeleton: 'driver.go', file: 'conformance_driver.go', command: ['go', 'run', 'conformance_driver.go'] },
};

/** What `init` was asked to write. */
export interface InitPlan {
  readonly server?: { readonly url: string } | { readonly command: readonly string[] };
  /** A key of `driverLanguages`. */
  readonly client?: string;
}

/** The credentials of the configuration, each from a variable of the environment, so that no token is committed. */
const tokens: { readonly [credential: string]: string } = Object.fromEntries(
  ['controller', 'controller2', 'approver', 'observer', 'agent', 'agent2', 'stranger'].map((name) => [name, `\${${name.toUpperCase()}_TOKEN}`]),
);

const urlComment = [
  'A server that runs. Each token comes from a variable of the environment: CONTROLLER_TOKEN=… npx @durable-session/conformance',
  'controller and controller2 are two people who may do everything, approver one who may decide, observer one who may look on,',
  'agent and agent2 two credentials of agents, stranger one who may see none of the sessions. What needs a token that is missing is untested.',
];

const commandComment = [
  'How to start the server. It reads one line of JSON on standard input, with port, dataDir, tokens and limits, prints {"url": "http://127.0.0.1:…"},',
  'and ends when its input closes (conformance/README.md). limits asks it for short timers: without them some rules take too long to be tested.',
];

const clientComment = ['How to start the driver of the client: a program that reads JSON lines and tells what the user would see.'];

/** The sections of a configuration for a plan, with comments. */
export function initialSections({ server, client }: InitPlan): { readonly [section: string]: object } {
  const language = client === undefined ? undefined : driverLanguages[client];
  return {
    ...(server === undefined ? {} : { server: 'url' in server ? { $comment: urlComment, url: server.url, tokens } : { $comment: commandComment, command: server.command, limits: { heartbeatMs: 500, helloTimeoutMs: 500, leaseMs: 5000, cancelMs: 5000, authGraceMs: 500 } } }),
    ...(language === undefined ? {} : { client: { $comment: clientComment, command: language.command } }),
  };
}
