import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One line of the driver protocol. */
export interface Line {
  readonly id: number;
  readonly command?: string;
  readonly [field: string]: unknown;
}

/** What is done to the lines between the runner and a good driver; what is left out passes as it is. */
export interface Wrapping {
  /** What the driver is asked in place of a request; undefined if it was answered here. */
  request?(request: Line, answer: (result: object) => void): Line | undefined | Promise<Line>;
  /** What the runner reads in place of an answer. */
  answered?(answer: Line): string;
}

/** Starts the driver whose command stands behind that of this program, and passes lines on, until stdin ends. */
export function wrapDriver({ request = (line) => line, answered = JSON.stringify }: Wrapping): void {
  const [program = '', ...rest] = process.argv.slice(2);
  const driver = spawn(program === 'node' ? process.execPath : program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  driver.once('exit', (code) => process.exit(code ?? 1));
  const pass = (line: string): void => {
    const asked: Line = JSON.parse(line);
    const passed = request(asked, (result) => console.log(JSON.stringify({ id: asked.id, ok: true, result })));
    void Promise.resolve(passed).then((each) => each !== undefined && driver.stdin.write(`${JSON.stringify(each)}\n`));
  };
  createInterface({ input: process.stdin }).on('line', pass).on('close', () => driver.stdin.end());
  createInterface({ input: driver.stdout }).on('line', (line) => process.stdout.write(`${answered(JSON.parse(line))}\n`));
}
