import { integerField, isFields, type Json } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import { connectionsOf, epochOf, finding, logsOf, seqOf, welcomeOf, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import type { Finding } from '../verdict/check.ts';

type Log = ReturnType<typeof logsOf> extends Map<string, infer Each> ? Each : never;

/** A compacted delta comes only where it is enabled, stands for adjacent deltas of its part with their texts joined, and keeps to one side of `welcome.head`. */
export const compacted: Oracle = {
  name: 'compacted',
  cites: ['COMPACT-2', 'COMPACT-3', 'COMPACT-5', 'COMPACT-6', 'COMPACT-9'],
  judge(transcript) {
    const logs = logsOf(transcript);
    return connectionsOf(transcript).flatMap((view) => judgeConnection(view, logs.get(`${view.session} ${String(epochOf(view))}`)));
  },
};

const isEnabled = (features: Json | undefined): boolean => Array.isArray(features) && features.includes('compact');

function judgeConnection(view: ConnectionView, log: Log | undefined): Finding[] {
  const welcome = welcomeOf(view);
  const deltas = view.received.filter((entry) => entry.frame['type'] === 'part.delta' && seqOf(entry) !== undefined);
  const first = deltas[0];
  if (welcome === undefined || first === undefined) return [];
  const joined = deltas.filter(({ frame }) => frame['from'] !== undefined);
  if (!isEnabled(welcome.frame['features'])) return [finding(['COMPACT-2'], joined.length === 0, [joined[0] ?? first], 'no from where compact is not enabled', joined[0]?.text.slice(0, 120))];
  const head = integerField(welcome.frame, 'head') ?? 0;
  const range = ({ frame }: FrameEntry): readonly [number, number] => [integerField(frame, 'from') ?? 0, integerField(frame, 'seq') ?? 0];
  const backward = joined.find((entry) => range(entry)[0] >= range(entry)[1]);
  const across = joined.find((entry) => range(entry)[0] <= head && range(entry)[1] > head);
  const untrue = joined.find((entry) => !standsFor(entry, ...range(entry), log));
  return [
    finding(['COMPACT-5', 'COMPACT-9'], backward === undefined, [backward ?? first], 'from less than seq, or none', backward?.text.slice(0, 120)),
    finding(['COMPACT-6'], across === undefined, [across ?? first], `from and seq on one side of ${head}`, across?.text.slice(0, 120)),
    ...(joined.length === 0 ? [] : [finding(['COMPACT-3'], untrue === undefined, [untrue ?? first], 'adjacent deltas of its part, their texts joined', untrue?.text.slice(0, 200))]),
  ];
}

/** Whether the log that other connections showed agrees; what nobody showed one by one says nothing. */
function standsFor({ frame }: FrameEntry, from: number, seq: number, log: Log | undefined): boolean {
  const events = Array.from({ length: Math.max(0, seq - from + 1) }, (_, index) => log?.get(from + index)?.event);
  if (events.some((event) => event === undefined)) return true;
  const parts = events.filter(isFields);
  return parts.every((event) => event['type'] === 'part.delta' && event['partId'] === frame['partId']) && parts.map((event) => String(event['delta'])).join('') === frame['delta'];
}
