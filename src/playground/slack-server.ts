import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveApi } from './api-server.ts';
import { Changes } from './changes.ts';
import { Deliveries, type Destination, type Retry } from './deliver.ts';
import { Faults } from './faults.ts';
import { Grants } from './grants.ts';
import { sendJson } from './http.ts';
import { countingIds, type IdSource } from './ids.ts';
import type { Json } from './json.ts';
import { type Ephemeral, type Message, Messages } from './messages.ts';
import { eventPayload } from './payloads.ts';
import { Person } from './person.ts';
import type { Call, Delivered, Delivery } from './record.ts';
import { sampleWorkspace } from './sample.ts';
import { Sockets } from './sockets.ts';
import { Views } from './views.ts';
import type { World } from './web-api/method.ts';
import { Workspace, type WorkspaceOptions } from './workspace.ts';

export interface SlackOptions {
  /** Who and what there is; a small sample workspace unless told. */
  readonly workspace?: WorkspaceOptions;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Where payloads go; the socket unless told. Can be changed later with `sendTo`. */
  readonly destination?: Destination;
  /** How long an app has for its ack; Slack gives three seconds. */
  readonly ackTimeoutMs?: number;
  readonly now?: () => number;
  readonly newId?: IdSource;
  /** 0 takes any free one. */
  readonly port?: number;
}

/** A Slack of your own, on this machine only. */
export interface LocalSlack {
  /** Web API root for the client option `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** What the app has called, in order; and what it was sent. */
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  /** What Slack would have shown somebody as trouble with the app. */
  readonly complaints: readonly string[];
  as(userId: string): Person;
  /** From now on payloads go there. */
  sendTo(destination: Destination): void;
  /** Sends an event. `eventId` repeats one that was sent before. */
  event(
    event: Json & { readonly type: string },
    again?: { eventId?: string; retry?: Retry },
  ): Promise<Delivered>;
  /** What stands in a channel, without the replies in threads. */
  messages(channel: string): Message[];
  /** The replies of a thread. */
  thread(channel: string, ts: string): Message[];
  /** What only this person sees. */
  ephemerals(userId: string): Ephemeral[];
  /** Resolves to the first result that is not null, undefined or false; asks again after every change. */
  until<T>(ask: (slack: LocalSlack) => T, timeoutMs?: number): Promise<NonNullable<T>>;
  /** Calls after every change until the returned function is called. */
  listen(call: () => void): () => void;
  close(): Promise<void>;
}

/** Starts a Slack on a free port of the loopback interface. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const { botToken = 'xoxb-local', appToken = 'xapp-local', ackTimeoutMs = 3_000 } = options;
  const workspace = new Workspace(
    options.workspace ?? sampleWorkspace,
    options.now ?? Date.now,
    options.newId ?? countingIds(),
  );
  const changes = new Changes();
  const onChange = (): void => changes.notify();
  const faults = new Faults();
  const calls: Call[] = [];
  const complaints: string[] = [];
  let destination: Destination = options.destination ?? 'socket';
  const sockets = new Sockets({ appId: workspace.bot.appId, newId: workspace.newId, onChange });
  const deliveries = new Deliveries({ destination: () => destination, sockets, ackTimeoutMs, onChange });
  let origin = '';
  const world: World = {
    workspace,
    messages: new Messages(),
    views: new Views(workspace),
    grants: new Grants(workspace),
    newSocketUrl: () => `${origin.replace('http', 'ws')}/link?ticket=${sockets.newTicket()}`,
  };
  const server = createServer((req, res) => {
    serveApi(req, res, { world, tokens: { bot: botToken, app: appToken }, faults, calls, onChange }).catch(
      (error: unknown) => {
        complaints.push(`the local Slack failed: ${String(error)}`);
        if (res.headersSent) res.destroy();
        else sendJson(res, 500, { ok: false, error: 'internal_error' });
      },
    );
  });
  server.on('upgrade', (req, socket, head) => sockets.upgrade(req, socket, head));
  server.listen(options.port ?? 0, '127.0.0.1');
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve).once('error', reject);
  await listening;
  origin = `http://127.0.0.1:${portOf(server.address())}`;

  const slack: LocalSlack = {
    apiUrl: `${origin}/api/`,
    botToken,
    appToken,
    workspace,
    faults,
    sockets,
    calls,
    deliveries: deliveries.log,
    complaints,
    as: (userId) =>
      new Person(userId, {
        world,
        deliveries,
        responseUrl: (path) => `${origin}/response/${path}`,
        onChange,
        onComplaint: (complaint) => complaints.push(complaint),
      }),
    sendTo: (to) => {
      destination = to;
    },
    event: (event, again = {}) => {
      const payload = eventPayload(workspace, event);
      const repeated = again.eventId === undefined ? payload : { ...payload, event_id: again.eventId };
      return deliveries.send('event', repeated, again.retry);
    },
    messages: (channel) => world.messages.inChannel(channel),
    thread: (channel, ts) => world.messages.inThread(channel, ts),
    ephemerals: (userId) => world.messages.whisperedTo(userId),
    until: (ask, timeoutMs = 5_000) =>
      changes.until(
        () => ask(slack),
        timeoutMs,
        () => dump(slack),
      ),
    listen: (call) => changes.listen(call),
    close: async () => {
      faults.clear();
      sockets.close();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
  return slack;
}

const portOf = (address: string | AddressInfo | null): number => {
  if (address === null || typeof address === 'string') throw new Error('the local Slack does not listen');
  return address.port;
};

/** What has happened, for a person who wonders why something has not. */
function dump({ calls, deliveries, complaints }: LocalSlack): string {
  const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? String(value);
  return [
    ...calls.map((call) => `call ${call.method} ${short(call.args)} → ${short(call.answer)}`),
    ...deliveries.map(({ kind, payload, result }) => `sent ${kind} ${short(payload)} → ${short(result)}`),
    ...complaints.map((complaint) => `complaint ${complaint}`),
  ].join('\n');
}
