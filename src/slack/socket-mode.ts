import { SocketModeReceiver, type webApi } from '@slack/bolt';
import { boltLogger, type Logger } from '../runtime/logging.ts';

export interface SocketModeOptions {
  readonly appToken: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly logger: Logger;
  /** Slack does not let this app connect any more, and never will unless somebody changes something. */
  readonly onRefused: (error: unknown) => void;
}

/**
 * Bolt's receiver for Socket Mode. Its client leaves some promises to themselves, and a process whose promise is
 * rejected unseen ends at once; here they are looked after.
 */
export function socketMode({
  appToken,
  clientOptions,
  logger,
  onRefused,
}: SocketModeOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(logger),
    // Unlike the bot's other calls, connecting again goes on until it succeeds: without a connection there
    // is nothing else to do, and this client would end the process when it gives up.
    installerOptions: {
      clientOptions: { ...clientOptions, retryConfig: { forever: true, factor: 1.5, maxTimeout: 30_000 } },
    },
  });
  surviveMessages(receiver.client, logger);
  surviveReconnecting(receiver.client, onRefused);
  return receiver;
}

type Client = SocketModeReceiver['client'];

/** The client expects an event in every message about events, and fails where there is none. */
function surviveMessages(client: Client, logger: Logger): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (data: unknown, isBinary: unknown) => {
    try {
      for (const listener of listeners) await listener(asItIs(data), isBinary);
    } catch (error) {
      logger.error({ err: error }, 'a message of Slack could not be read');
    }
  });
}

/** That Slack holds events back comes as an event without one; as a message of its own type it reaches the app. */
function asItIs(data: unknown): unknown {
  if (typeof data !== 'string' || !data.includes('"app_rate_limited"')) return data;
  const message: unknown = JSON.parse(data);
  if (!hasPayload(message) || 'event' in message.payload) return data;
  return JSON.stringify({ ...message, type: 'app_rate_limited' });
}

function hasPayload(message: unknown): message is { payload: object } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'payload' in message &&
    typeof message.payload === 'object' &&
    message.payload !== null
  );
}

/** Whoever starts the client hears of the first attempt; of the later ones, which it makes by itself, nobody would. */
function surviveReconnecting(client: Client, onRefused: (error: unknown) => void): void {
  const start = client.start.bind(client);
  let isFirst = true;
  let isOver = false;
  client.on('disconnecting', () => {
    isOver = true;
  });
  client.start = async () => {
    if (isFirst) {
      isFirst = false;
      return start();
    }
    try {
      return await start();
    } catch (error) {
      // An attempt that the end cut short is rejected, too.
      if (!isOver) onRefused(error);
      return { ok: false };
    }
  };
}
