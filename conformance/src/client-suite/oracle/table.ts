import type { Transcript } from '../../transcript/entry.ts';
import type { Finding } from '../../verdict/check.ts';
import type { ClientContext, ClientOracle } from './client-oracle.ts';
import { agentIds } from './agent-ids.ts';
import { appendsInOrder, textOnce } from './appends.ts';
import { claimants } from './claimants.ts';
import { commandsOnce } from './commands-once.ts';
import { helloFirst } from './hello-first.ts';
import { helloSays } from './hello-says.ts';
import { newestConnection } from './newest-connection.ts';
import { oneAttempt } from './one-attempt.ts';
import { contentType, hiddenTokens } from './requests.ts';
import { wellFormed } from './well-formed.ts';

/** Every oracle that judges every transcript of a client. */
export const clientOracles: readonly ClientOracle[] = [wellFormed, helloFirst, helloSays, commandsOnce, newestConnection, oneAttempt, hiddenTokens, contentType, agentIds, appendsInOrder, textOnce, claimants];

/** What all client oracles say of a transcript. */
export const judgeClientTranscript = (transcript: Transcript, context: ClientContext): readonly Finding[] =>
  clientOracles.flatMap((oracle) => oracle.judge(transcript, context).map((finding) => ({ ...finding, source: `oracle ${oracle.name}` })));
