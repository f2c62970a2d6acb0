// Connects Slack and browsers to the process, over Socket Mode or HTTP.
import { type Receiver, webApi } from '@slack/bolt';
import { systemClock } from '../runtime/clock.ts';
import type { Config } from '../runtime/config.ts';
import { PageServer } from '../runtime/http/page-server.ts';
import type { Pages } from '../runtime/http/serve.ts';
import type { Logger } from '../runtime/logging.ts';
import type { Check } from '../runtime/readiness.ts';
import { HttpReceiver } from './http/receiver.ts';
import { createSocketModeReceiver } from './socket-mode.ts';

export interface Connection {
  readonly receiver: Receiver;
  /** Rejects while Slack can't be reached. In a bot for one workspace, also while Slack doesn't accept its token. */
  readonly checkSlack: Check;
  /** Serves pages, unless the receiver does. Resolves to the port; null if nothing is started. */
  startPages(): Promise<number | null>;
  stopPages(): Promise<void>;
}

/**
 * @param isStopping returns true while the process is stopping
 * @param onRefused called when Slack refuses a reconnect
 */
export function createConnection(
  { transport, workspaces }: Config,
  options: webApi.WebClientOptions,
  logger: Logger,
  pages: Pages,
  isStopping: () => boolean,
  onRefused: (error: unknown) => void,
): Connection {
  // A bot for many workspaces checks without a token: one workspace's token must not make it unready for all others.
  const client = new webApi.WebClient(workspaces.kind === 'one' ? workspaces.botToken : undefined, options);
  const slackAnswers = async (): Promise<void> =>
    void (await (workspaces.kind === 'one' ? client.auth.test() : client.api.test()));
  if (transport.kind === 'http') {
    const { signingSecret, host, port } = transport;
    return {
      receiver: new HttpReceiver({
        signingSecret,
        host,
        port,
        logger,
        clock: systemClock,
        pages,
        isStopping,
      }),
      checkSlack: slackAnswers,
      startPages: async () => null,
      stopPages: async () => {},
    };
  }
  const { appToken } = transport;
  const receiver = createSocketModeReceiver({ appToken, clientOptions: options, logger, onRefused });
  let connected = false;
  receiver.client.on('connected', () => {
    connected = true;
  });
  for (const state of ['close', 'reconnecting', 'disconnecting', 'disconnected']) {
    receiver.client.on(state, () => {
      connected = false;
    });
  }
  const server = transport.pages === null ? null : new PageServer(pages, logger);
  return {
    receiver,
    checkSlack: async () => {
      if (!connected) throw new Error('not connected');
      await slackAnswers();
    },
    startPages: async () => {
      if (!server || transport.pages === null) return null;
      return (await server.start(transport.pages.host, transport.pages.port)).port;
    },
    stopPages: async () => server?.stop(),
  };
}
