import { connect as connectSocket, type AddressInfo, type Socket } from 'node:net';

/** A server of any kind that can say where it listens. */
export interface Listening {
  address(): AddressInfo | string | null;
  once(event: 'listening', listener: () => void): unknown;
}

/** Resolves to the port of a TCP server as soon as it listens. */
export const listeningPort = (server: Listening): Promise<number> =>
  new Promise((resolve) => {
    const tell = (): void => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    };
    if (server.address() === null) server.once('listening', tell);
    else tell();
  });

/** Opens a TCP connection to a port of this machine. */
export const connect = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
