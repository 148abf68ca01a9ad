import { encodeMessages, type Encoding, Parcel } from '../../src/hub/wire.ts';

/** One frame of an event on its way, and the SSE id that it gets. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
}

const read = (block: string): Outgoing => {
  const [id = '', text = ''] = block.split('\n');
  return { id: id.slice('id:'.length), text: text.slice('data:'.length) };
};

/** Has the event frames of every delivery pass `rewrite`, which stands for a faulty encoder. */
export function rewriteParcels(rewrite: (frames: readonly Outgoing[], encoding: Encoding, isCompact: boolean) => readonly Outgoing[]): void {
  const bytes = Parcel.prototype.bytes;
  Parcel.prototype.bytes = function (encoding, isCompact) {
    const good = bytes.call(this, 'sse', isCompact).toString();
    const frames = rewrite(good.split('\n\n').filter((block) => block !== '').map(read), encoding, isCompact);
    if (encoding === 'websocket') return encodeMessages(frames.map(({ text }) => text));
    return Buffer.from(frames.map(({ id, text }) => `id:${id}\ndata:${text}\n\n`).join(''));
  };
}
