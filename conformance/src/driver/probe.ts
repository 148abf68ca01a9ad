import { randomBytes } from 'node:crypto';
import type { Driver, DriverReply } from './driver.ts';

/** Time for the first answer of a driver, its start included. */
export const firstAnswerMs = 10_000;

/** Tells in one sentence what is wrong with a driver before any scenario runs; undefined if it is wired right. */
export const probeDriver = async (driver: Driver, withinMs = firstAnswerMs): Promise<string | undefined> => {
  // Random, so that no driver can know it: one that says yes to everything is disqualified.
  const command = `probe-${randomBytes(8).toString('hex')}`;
  const reply = await driver.ask(command, { client: 'probe' }, withinMs);
  const noise = driver.noise.length === 0 ? '' : ` (its last line: ${JSON.stringify(driver.noise.at(-1))})`;
  return faultOf(reply, noise, withinMs);
};

const faultOf = (reply: DriverReply, noise: string, withinMs: number): string | undefined => {
  switch (reply.kind) {
    case 'unsupported':
      return undefined;
    case 'dead':
      return `${reply.message}${noise}; the command must start a process that reads JSON lines from stdin until it closes`;
    case 'late':
      return `the driver is silent: it has not answered a command that it does not know within ${withinMs} ms${noise}; each line {"id", "command"} must be answered by a line with that id`;
    default:
      return `the driver is disqualified: it answered a random unknown command by "${reply.kind}" instead of {"id": …, "unsupported": true}, so its other answers prove nothing${noise}`;
  }
};

/** The commands that a client need not be able to do. */
const abilities = ['send', 'cancel', 'resolve', 'online', 'token', 'tool', 'claim', 'append', 'release', 'work'];

/** The commands that a driver answers by `unsupported`; what needs one of them is untested. The client that they name was never opened. */
export const lackingAbilities = async (driver: Driver): Promise<ReadonlySet<string>> => {
  const replies = await Promise.all(abilities.map((command) => driver.ask(command, { client: 'probe' }, firstAnswerMs)));
  return new Set(abilities.filter((_, index) => replies[index]?.kind === 'unsupported'));
};
