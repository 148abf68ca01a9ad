import { clientOracles } from '../client-suite/oracle/table.ts';
import { oracles } from '../oracle/table.ts';

/** The oracles of either role that judge a requirement in every transcript. */
export const oraclesOf = (id: string): readonly string[] => [...oracles, ...clientOracles].filter(({ cites }) => cites.includes(id)).map(({ name }) => name);
