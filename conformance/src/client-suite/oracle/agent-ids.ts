import type { FrameEntry, Transcript } from '../../transcript/entry.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

/** The note in a transcript after which every client is of another process. */
export const driverRestarted = 'the process of the driver was killed, and another begun';

/** 96 bits, six in each character that an id may have. */
const leastIdLength = 16;

const isAccepted = (transcript: Transcript, claim: FrameEntry, before: number): boolean =>
  transcript.some((entry) => entry.kind === 'frame' && entry.direction === 'to-client' && entry.line < before && entry.frame['type'] === 'ack' && entry.frame['id'] === claim.frame['id'] && entry.frame['status'] === 'accepted');

/** An agent's id is random, of one process, and of one claim of a run. */
export const agentIds: ClientOracle = {
  name: 'agent ids',
  cites: ['AGENT-11', 'AGENT-34'],
  judge(transcript) {
    const claims = sentByClients(transcript).filter(({ frame }) => frame['type'] === 'run.claim');
    const short = claims.filter(({ frame }) => String(frame['agent']).length < leastIdLength);
    const findings = short.map(({ frame, line }) => broken(['AGENT-11'], `an agent id of at least 96 random bits, which are ${leastIdLength} characters`, JSON.stringify(frame['agent']), [line]));
    const pairs = claims.flatMap((second, index) => claims.slice(0, index).filter((first) => first.frame['agent'] === second.frame['agent'] && first.frame['id'] !== second.frame['id']).map((first) => ({ first, second })));
    for (const { first, second } of pairs) {
      const lines = [second.line, first.line];
      const isOtherProcess = transcript.some((entry) => entry.kind === 'note' && entry.text === driverRestarted && entry.line > first.line && entry.line < second.line);
      if (isOtherProcess) findings.push(broken(['AGENT-11'], 'another agent id in another process', JSON.stringify(second.frame['agent']), lines));
      const isSameRun = first.frame['runId'] === second.frame['runId'] && isAccepted(transcript, first, second.line);
      if (isSameRun) findings.push(broken(['AGENT-34'], `no second claim of ${String(first.frame['runId'])} under the agent id of an accepted one`, JSON.stringify(second.frame['agent']), lines));
    }
    if (findings.length > 0 || claims.length === 0) return findings;
    return [held(['AGENT-11', 'AGENT-34'], 'each agent id is random, and used for one claim of a run', claims.map(({ line }) => line))];
  },
};
