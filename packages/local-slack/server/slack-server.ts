import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../clock.ts';
import type { LocalSlack, SlackOptions } from '../local-slack.ts';
import { eventPayload } from '../people/payloads.ts';
import { Person } from '../people/person.ts';
import { sampleWorkspace } from '../sample-workspace.ts';
import { Authorizations } from '../state/authorizations.ts';
import { Changes } from '../state/changes.ts';
import { Executions } from '../state/executions.ts';
import { Faults } from '../state/faults.ts';
import { Files } from '../state/files.ts';
import { Grants } from '../state/grants.ts';
import { countingIds } from '../state/ids.ts';
import { MessageStates } from '../state/message-state.ts';
import { Messages } from '../state/messages.ts';
import { RateLimits } from '../state/rate-limits.ts';
import type { ApiCall } from '../state/record.ts';
import { Suggestions } from '../state/suggestions.ts';
import { Tokens } from '../state/tokens.ts';
import { Views } from '../state/views.ts';
import { Workspace } from '../state/workspace.ts';
import { serveApi } from './api-server.ts';
import { functionExecuted, tokensRevoked } from './app-events.ts';
import { AUTHORIZE_PATH, serveAuthorize } from './authorize-page.ts';
import { CONTROL_PATH, serveControl } from './control.ts';
import { Deliveries, type Destination } from './deliver.ts';
import { isLocalRequest, sendJson } from './http.ts';
import { Sockets } from './sockets.ts';
import type { World } from './web-api/method.ts';

export type { LocalSlack, SlackOptions } from '../local-slack.ts';

/** Starts a local Slack on the loopback interface. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const { botToken = 'xoxb-local', appToken = 'xapp-local', ackTimeoutMs = 3_000 } = options;
  const { clientId = 'local.client', clientSecret = 'local-client-secret', redirectUris } = options;
  const { clock = systemClock, now = () => clock.now() } = options;
  const workspace = new Workspace(
    options.workspace ?? sampleWorkspace(),
    now,
    options.newId ?? countingIds(),
  );
  const changes = new Changes();
  const onChange = (): void => changes.notify();
  const faults = new Faults();
  const limits = options.rateLimits === true ? new RateLimits(now) : undefined;
  const calls: ApiCall[] = [];
  const complaints: string[] = [];
  let destination: Destination = options.destination ?? 'socket';
  const sockets = new Sockets({ appId: workspace.bot.appId, newId: workspace.newId, onChange });
  const deliveries = new Deliveries({
    destination: () => destination,
    sockets,
    ackTimeoutMs,
    clock,
    redeliverEvents: options.redeliverEvents === true,
    events: options.events,
    // Not the workspace's time, which a test may move without the app's clock.
    signedAt: options.appNow ?? Date.now,
    onChange,
  });
  const tokens = new Tokens();
  tokens.add(botToken, 'bot', workspace.bot.scopes);
  tokens.add(appToken, 'app', ['connections:write']);
  let origin = '';
  const world: World = {
    workspace,
    messages: new Messages(),
    messageStates: new MessageStates(),
    views: new Views(workspace),
    grants: new Grants(workspace),
    files: new Files(workspace),
    tokens,
    authorizations: new Authorizations({ clientId, clientSecret, redirectUris }, workspace),
    executions: new Executions(workspace),
    suggestions: new Suggestions(),
    newUploadUrl: (path) => `${origin}/upload/${path}`,
    newSocketUrl: () => `${origin.replace('http', 'ws')}/link?ticket=${sockets.newTicket()}`,
  };
  const route = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!isLocalRequest(req)) return sendJson(res, 403, { ok: false, error: 'not_local' });
    const url = new URL(req.url ?? '/', 'http://localhost');
    if (url.pathname.startsWith(CONTROL_PATH)) return serveControl(req, res, slack);
    if (url.pathname === AUTHORIZE_PATH) return serveAuthorize(url, res, world.authorizations);
    return serveApi(req, res, { world, faults, limits, calls, onChange });
  };
  const server = createServer((req, res) => {
    route(req, res).catch((error: unknown) => {
      complaints.push(`the local Slack failed: ${String(error)}`);
      if (res.headersSent) res.destroy();
      else sendJson(res, 500, { ok: false, error: 'internal_error' });
    });
  });
  server.on('upgrade', (req, socket, head) => {
    if (isLocalRequest(req)) sockets.upgrade(req, socket, head);
    else socket.destroy();
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('listening', resolve).once('error', reject);
  await listening;
  origin = `http://127.0.0.1:${portOf(server.address())}`;

  const slack: LocalSlack = {
    apiUrl: `${origin}/api/`,
    botToken,
    appToken,
    clientId,
    clientSecret,
    controlUrl: `${origin}${CONTROL_PATH}faults`,
    authorizeUrl: origin + AUTHORIZE_PATH,
    workspace,
    faults,
    sockets,
    calls,
    deliveries: deliveries.log,
    complaints,
    get isInstalled() {
      return tokens.isInstalled;
    },
    get isTokenValid() {
      return tokens.isValid(botToken);
    },
    get files() {
      return world.files.all();
    },
    get executions() {
      return world.executions.all();
    },
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
    sendEvent: (event, again = {}) => {
      const payload = eventPayload(workspace, event);
      const repeated = again.eventId === undefined ? payload : { ...payload, event_id: again.eventId };
      return deliveries.send('event', repeated, again.retry);
    },
    runStep: async (step) => {
      const run = world.executions.start(step);
      const token = workspace.newId('xwfp-local-');
      tokens.add(token, 'bot', workspace.bot.scopes);
      const event = functionExecuted(run, token, workspace);
      return { id: run.id, delivered: await slack.sendEvent({ ...event }) };
    },
    authorize: (authorization) => world.authorizations.authorize(authorization),
    duplicateEvents: (events) => {
      deliveries.duplicateEvents(events);
      onChange();
    },
    stopDuplicating: () => deliveries.stopDuplicating(),
    get duplicatesLeft() {
      return deliveries.duplicatesLeft;
    },
    get usesSocketMode() {
      return destination === 'socket';
    },
    reinstall: () => {
      tokens.install(botToken, workspace.bot.scopes);
      onChange();
    },
    revokeToken: () => {
      tokens.revokeBotTokens('token_revoked');
      onChange();
      return slack.sendEvent(tokensRevoked(workspace));
    },
    uninstall: () => {
      tokens.revokeBotTokens('account_inactive');
      onChange();
      for (const { members } of workspace.channels()) members.delete(workspace.bot.userId);
      // Slack sends these two events in any order.
      const events = [tokensRevoked(workspace), { type: 'app_uninstalled' }];
      return Promise.all(events.map((event) => slack.sendEvent(event)));
    },
    messages: (channel) => world.messages.inChannel(channel),
    thread: (channel, ts) => world.messages.inThread(channel, ts),
    ephemerals: (userId) => world.messages.ephemeralsFor(userId),
    until: (ask, timeoutMs = 5_000) =>
      changes.until(
        () => ask(slack),
        timeoutMs,
        () => dump(slack),
      ),
    listen: (call) => changes.listen(call),
    close: async () => {
      faults.clear();
      deliveries.close();
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

/** Returns all calls, deliveries and complaints as text, for the error of a failed wait. */
function dump({ calls, deliveries, complaints }: LocalSlack): string {
  const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 300) ?? String(value);
  return [
    ...calls.map((call) => `call ${call.method} ${short(call.args)} → ${short(call.answer)}`),
    ...deliveries.map(({ kind, payload, result }) => `sent ${kind} ${short(payload)} → ${short(result)}`),
    ...complaints.map((complaint) => `complaint ${complaint}`),
  ].join('\n');
}
