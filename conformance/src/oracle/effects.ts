import { integerField, isFields, stringField } from '../scenario/json.ts';
import type { FrameEntry } from '../transcript/entry.ts';
import type { Finding } from '../verdict/check.ts';
import { connectionsOf, finding, isControl, logsOf, welcomeOf } from './connection-view.ts';
import type { Oracle } from './oracle.ts';

/** The events that a command causes stand side by side, end where its ack says, and name it and its sender; a rejected one causes none. */
export const effects: Oracle = {
  name: 'effects',
  cites: ['COMMAND-10', 'COMMAND-16', 'COMMAND-17', 'COMMAND-33', 'COMMAND-39', 'COMMAND-40', 'LOG-7', 'APPEND-12'],
  judge(transcript) {
    const views = connectionsOf(transcript);
    const logs = logsOf(transcript);
    const found: Finding[] = [];
    for (const [key, log] of logs) {
      const [session = '', epoch = ''] = key.split(' ');
      const byCause = new Map<string, number[]>();
      for (const [seq, { event, entry }] of log) {
        const cause = stringField(event, 'cause');
        if (cause !== undefined) byCause.set(cause, [...(byCause.get(cause) ?? []), seq]);
        const bare = event['type'] === 'part.delta' || event['type'] === 'tool.progress';
        const known = String(event['type']).startsWith('x.') ? undefined : bare;
        if (known !== undefined) found.push(finding(['LOG-7'], bare === (event['at'] === undefined), [entry], bare ? 'no at' : 'at, the time of the server', JSON.stringify(event['at'] ?? null), '/at'));
      }
      const here = views.filter((each) => each.session === session);
      for (const view of here) {
        const author = authorOf(views, view.participant);
        for (const ack of view.received.filter((entry) => isControl(entry, 'ack'))) {
          const id = stringField(ack.frame, 'id') ?? '';
          const namesakes = here.filter(({ sent }) => sent.some(({ frame }) => frame['id'] === id));
          const command = (namesakes.find((each) => each === view) ?? namesakes[0])?.sent.find(({ frame }) => frame['id'] === id);
          if (command === undefined) continue;
          // COMMAND-2: one id from two principals names two commands.
          const isShared = namesakes.some(({ participant }) => authorOf(views, participant) !== author);
          const own = (seq: number): boolean => !isShared || principalOf(log.get(seq)?.event['by']) === author;
          // COMMAND-7: what was rejected may be accepted later, and another content under a recorded id is rejected.
          const isAccepted = namesakes.some((each) => authorOf(views, each.participant) === author && each.received.some((entry) => isControl(entry, 'ack') && entry.frame['id'] === id && entry.frame['status'] === 'accepted'));
          if (ack.frame['status'] === 'rejected' && isAccepted) continue;
          // The seqs of one epoch say nothing of those of another: a lost tail may have held the first effect.
          const { position } = ack.frame;
          if (isFields(position) && position['epoch'] !== epoch) continue;
          found.push(...judgeEffect(ack, command, (byCause.get(id) ?? []).filter(own).sort((left, right) => left - right), log, author));
        }
      }
    }
    const broken = found.filter(({ held }) => !held);
    return broken.length > 0 ? broken : onePerRule(found);
  },
};

type Log = ReadonlyMap<number, { readonly event: { readonly [field: string]: unknown }; readonly entry: FrameEntry }>;

const authorOf = (views: ReturnType<typeof connectionsOf>, participant: string): unknown => {
  const view = views.find((each) => each.participant === participant && welcomeOf(each) !== undefined);
  const actor = view === undefined ? undefined : welcomeOf(view)?.frame['participant'];
  return principalOf(actor);
};

const principalOf = (actor: unknown): unknown => (isFields(actor) ? actor['principal'] : undefined);

function judgeEffect(ack: FrameEntry, command: FrameEntry, seqs: readonly number[], log: Log, principal: unknown): Finding[] {
  const status = ack.frame['status'];
  const type = command.frame['type'];
  const first = log.get(seqs[0] ?? 0)?.entry;
  if (status !== 'accepted') {
    // A noop may be the answer to a repeat of another transport's command under the same id; a rejected one has no effect.
    return status === 'rejected' && !isConflict(ack) ? [finding(['COMMAND-17'], seqs.length === 0, [ack, first], 'no event of a rejected command', `${seqs.length}`)] : [];
  }
  if (type === 'events.append') return judgeAppend(ack);
  if (seqs.length === 0) return [];
  const last = seqs.at(-1) ?? 0;
  const together = last - (seqs[0] ?? 0) + 1 === seqs.length;
  const position = ack.frame['position'];
  const told = isFields(position) ? integerField(position, 'seq') : undefined;
  const by = seqs.map((seq) => log.get(seq)?.event['by']);
  const strange = principal === undefined ? undefined : by.find((actor) => !isFields(actor) || actor['principal'] !== principal);
  return [
    finding(['COMMAND-16', 'COMMAND-10'], together, [ack, first], 'the events of one command side by side, once', seqs.join(', ')),
    ...(together ? [finding(['COMMAND-33'], told === last, [ack, log.get(last)?.entry], `the position ${last}`, String(told), '/position/seq')] : []),
    finding(['COMMAND-39', 'COMMAND-40'], strange === undefined, [first], `cause and by of ${String(principal)}`, JSON.stringify(strange)),
  ];
}

const isConflict = ({ frame }: FrameEntry): boolean => isFields(frame['error']) && frame['error']['code'] === 'idempotency_conflict';

function judgeAppend(ack: FrameEntry): Finding[] {
  const { position, result } = ack.frame;
  const seq = isFields(position) ? position['seq'] : undefined;
  return [finding(['APPEND-12'], isFields(result) && result['seq'] === seq && Number(result['from']) <= Number(seq), [ack], 'result {from, seq} that ends at the position', JSON.stringify(result ?? null), '/result')];
}

function onePerRule(found: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return found.filter(({ cites }) => seen.size !== seen.add(cites.join()).size);
}
