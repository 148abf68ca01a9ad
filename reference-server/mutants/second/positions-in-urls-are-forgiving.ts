import { startForProgram } from '../../src/start.ts';
import { interceptRequests, replaceQuery } from './serving.ts';

/** Reads the number of a position in a URL as `Number` does: with leading zeros, a sign, a fraction of nothing; breaks RESUME-3. */
interceptRequests((served) => {
  const [epoch = '', ...rest] = (served.url.searchParams.get('position') ?? '').split('.');
  const seq = Number(rest.join('.'));
  if (epoch !== '' && rest.length > 0 && Number.isInteger(seq)) replaceQuery(served, (parameters) => parameters.set('position', `${epoch}.${seq}`));
  return false;
});
await startForProgram();
