import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { freePort } from '../../bench/instances/free-port.ts';

export interface Passage {
  /** The same address, by way of this. */
  readonly url: string;
  /** From now on nothing comes back through connections that are open; new ones work. As where a server has gone silently and another one has its place. */
  silence(): void;
  /** All connections break off; new ones work. As where the server starts anew. */
  cut(): void;
}

/** Passes on what goes to a server and what comes back. */
export async function passageTo(url: string): Promise<Passage> {
  const { hostname, port } = new URL(url);
  const passing = new Set<Socket>();
  const all = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname);
    incoming.pipe(outgoing);
    outgoing.pipe(incoming);
    passing.add(outgoing);
    for (const socket of [incoming, outgoing]) {
      all.add(socket);
      socket.on('error', () => {});
    }
    incoming.once('close', () => outgoing.destroy());
  });
  const through = new URL(url);
  through.port = String(await freePort());
  await new Promise<void>((resolve) => server.listen(Number(through.port), '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of all) socket.destroy();
    all.clear();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    url: through.href,
    silence: () => {
      for (const socket of passing) socket.unpipe();
      passing.clear();
    },
    cut,
  };
}
