import { type Receiver, webApi } from '@slack/bolt';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { PageServer } from './http/page-server.ts';
import { HttpReceiver } from './http/receiver.ts';
import type { Pages } from './http/serve.ts';
import type { Logger } from './logging.ts';
import type { Check } from './operations/readiness.ts';
import { socketMode } from './socket-mode.ts';

/** How Slack and browsers reach the process. */
export interface Connection {
  readonly receiver: Receiver;
  /** Rejects while Slack cannot be reached. */
  readonly slackIsThere: Check;
  /** Serves the pages where the receiver itself does not. Resolves to the port, if there is one. */
  startPages(): Promise<number | null>;
  stopPages(): Promise<void>;
}

/**
 * @param isStopping the process is about to end
 * @param onRefused Slack does not let the bot connect any more
 */
export function connection(
  { transport }: Config,
  options: webApi.WebClientOptions,
  logger: Logger,
  pages: Pages,
  isStopping: () => boolean,
  onRefused: (error: unknown) => void,
): Connection {
  if (transport.kind === 'http') {
    const { signingSecret, host, port } = transport;
    const anonymous = new webApi.WebClient(undefined, options);
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
      slackIsThere: async () => void (await anonymous.api.test()),
      startPages: async () => null,
      stopPages: async () => {},
    };
  }
  const { appToken } = transport;
  const receiver = socketMode({ appToken, clientOptions: options, logger, onRefused });
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
    slackIsThere: async () => {
      if (!connected) throw new Error('not connected');
    },
    startPages: async () => {
      if (!server || transport.pages === null) return null;
      return (await server.start(transport.pages.host, transport.pages.port)).port;
    },
    stopPages: async () => server?.stop(),
  };
}
