import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

/** 96 bits, six in each character that an id may have. */
const leastIdLength = 16;

/** Each device claims a client tool under a random id of its own. */
export const claimants: ClientOracle = {
  name: 'claimants',
  cites: ['REQUEST-41'],
  judge(transcript) {
    const claims = sentByClients(transcript).filter(({ frame }) => frame['type'] === 'request.claim');
    const short = claims.filter(({ frame }) => String(frame['claimant']).length < leastIdLength);
    const shared = claims.flatMap((claim, index) => {
      const other = claims.slice(0, index).find((each) => each.participant !== claim.participant && each.frame['claimant'] === claim.frame['claimant']);
      return other === undefined ? [] : [broken(['REQUEST-41'], `another claimant than that of ${other.participant}`, JSON.stringify(claim.frame['claimant']), [claim.line, other.line])];
    });
    const findings = [...short.map(({ frame, line }) => broken(['REQUEST-41'], `a claimant of at least 96 random bits, which are ${leastIdLength} characters`, JSON.stringify(frame['claimant']), [line])), ...shared];
    return findings.length > 0 || claims.length === 0 ? findings : [held(['REQUEST-41'], 'each device has a claimant of its own', claims.map(({ line }) => line))];
  },
};
