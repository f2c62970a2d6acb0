import { type OpenConnection, openConnection } from '../../../bench/speed/load.ts';
import { signed } from '../../../bench/speed/requests.ts';
import { SIGNING_SECRET } from './many-workspaces.ts';

/** Slack's side of the connection: signed requests over connections that stay open, as many as are needed. */
export interface Sender {
  /**
   * A command, a click, a submission or an event.
   * @param headers what Slack adds where it sends something again
   * @returns the body of the answer; null where it was none of success
   */
  send(payload: Readonly<Record<string, unknown>>, headers?: Headers): Promise<string | null>;
  close(): void;
}

type Headers = Readonly<Record<string, string>>;

/** More than a bot that keeps up ever needs at a time. */
const MOST_CONNECTIONS = 400;

export function senderTo(port: number, mostConnections = MOST_CONNECTIONS): Sender {
  const idle: OpenConnection[] = [];
  const all: OpenConnection[] = [];
  const waiting: ((connection: OpenConnection) => void)[] = [];
  let opened = 0;
  const take = async (): Promise<OpenConnection> => {
    const free = idle.pop();
    if (free) return free;
    if (opened >= mostConnections) return new Promise((resolve) => waiting.push(resolve));
    opened += 1;
    const connection = await openConnection(port);
    all.push(connection);
    return connection;
  };
  return {
    send: async (payload, headers = {}) => {
      const connection = await take();
      try {
        return await connection.ask(withHeaders(requestOf(payload), headers));
      } catch {
        return null;
      } finally {
        const next = waiting.shift();
        if (next) next(connection);
        else idle.push(connection);
      }
    },
    close: () => {
      for (const connection of all) connection.close();
    },
  };
}

function withHeaders(request: Buffer, headers: Headers): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const afterFirstLine = request.indexOf('\r\n') + 2;
  return Buffer.concat([
    request.subarray(0, afterFirstLine),
    Buffer.from(lines.join('')),
    request.subarray(afterFirstLine),
  ]);
}

function requestOf(payload: Readonly<Record<string, unknown>>): Buffer {
  if (payload.type === 'event_callback') {
    return signed({ type: 'application/json', body: JSON.stringify(payload) }, SIGNING_SECRET);
  }
  // Commands are forms of their own; of everything else the form has one field.
  const fields = 'command' in payload ? payload : { payload: JSON.stringify(payload) };
  const form = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  return signed({ type: 'application/x-www-form-urlencoded', body: form.toString() }, SIGNING_SECRET);
}
