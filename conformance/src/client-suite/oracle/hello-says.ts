import { isFields } from '../../scenario/json.ts';
import { broken, held, sentByClients, type ClientOracle } from './client-oracle.ts';

const isPosition = (value: unknown): boolean => isFields(value) && typeof value['epoch'] === 'string' && Number.isSafeInteger(value['seq']);

/** What every `hello` says in the form that its transport has: the version, and the position if there is one. */
export const helloSays: ClientOracle = {
  name: 'what hello says',
  cites: ['VERSION-1', 'POSITION-1', 'POSITION-2'],
  judge(transcript) {
    return sentByClients(transcript).filter(({ frame }) => frame['type'] === 'hello').flatMap(({ frame, line, bytes }) => {
      const { versions, position } = frame;
      const offersOne = Array.isArray(versions) && versions.includes(1);
      const version = offersOne ? held(['VERSION-1'], 'hello offers version 1', [line]) : broken(['VERSION-1'], 'hello offers version 1', JSON.stringify(versions ?? null), [line]);
      if (position === undefined) return [version];
      // Over SSE the frame is the runner's reading of the query: a position that it could not read stays a string.
      const form = bytes === 0 ? { cites: ['POSITION-2'], expected: 'a position epoch.seq' } : { cites: ['POSITION-1'], expected: 'a position {epoch, seq}' };
      return [version, isPosition(position) ? held(form.cites, form.expected, [line]) : broken(form.cites, form.expected, JSON.stringify(position), [line])];
    });
  },
};
