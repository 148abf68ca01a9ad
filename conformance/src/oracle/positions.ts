import { isFields, type Json } from '../scenario/json.ts';
import { connectionsOf, epochOf, finding, type ConnectionView } from './connection-view.ts';
import type { Oracle } from './oracle.ts';
import type { Finding } from '../verdict/check.ts';

const form = /^[A-Za-z0-9_-]{11,64}\.(0|[1-9][0-9]{0,15})$/;

/** Positions have their form in JSON and in the ids of a stream, and all that stand on one connection are of one epoch; stored acks may be of an older one. */
export const positions: Oracle = {
  name: 'positions',
  cites: ['POSITION-1', 'POSITION-2', 'POSITION-3', 'EPOCH-1', 'EPOCH-11'],
  judge: (transcript) => connectionsOf(transcript).flatMap(judgeConnection),
};

const isPosition = (value: Json | undefined): boolean => isFields(value) && typeof value['epoch'] === 'string' && Number.isSafeInteger(value['seq']);

function judgeConnection(view: ConnectionView): Finding[] {
  const bearing = view.received.filter(({ frame }) => frame['position'] !== undefined);
  const shapeless = bearing.find(({ frame }) => !isPosition(frame['position']));
  const ids = view.received.filter(({ sseId }) => sseId !== undefined);
  const wrong = ids.find(({ sseId }) => !form.test(sseId ?? ''));
  const epoch = epochOf(view);
  const foreign = view.received.find(({ frame, sseId }) => {
    const position = frame['type'] === 'ack' ? undefined : frame['position'];
    return (isFields(position) && position['epoch'] !== epoch) || (sseId !== undefined && !sseId.startsWith(`${String(epoch)}.`));
  });
  return [
    ...(bearing.length === 0 ? [] : [finding(['POSITION-1'], shapeless === undefined, [shapeless ?? bearing[0]], 'an object with epoch and seq', shapeless?.text.slice(0, 120))]),
    ...(ids.length === 0 ? [] : [finding(['POSITION-2', 'POSITION-3'], wrong === undefined, [wrong ?? ids[0]], 'epoch.seq as the id, a decimal seq without sign and leading zeros', wrong?.sseId)]),
    ...(epoch === undefined ? [] : [
      finding(['EPOCH-1'], /^[A-Za-z0-9_-]{11,64}$/.test(epoch), [bearing[0]], '11 to 64 characters of [A-Za-z0-9_-]', epoch),
      finding(['EPOCH-11'], foreign === undefined, [foreign ?? bearing[0]], `positions of the epoch ${epoch} alone`, foreign?.text.slice(0, 120)),
    ]),
  ];
}
