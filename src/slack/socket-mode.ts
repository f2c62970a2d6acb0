// Bolt's receiver for Socket Mode, with error handling that its client lacks.
import { SocketModeReceiver, type webApi } from '@slack/bolt';
import { createBoltLogger, type Logger } from '../runtime/logging.ts';

export interface SocketModeOptions {
  readonly appToken: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly logger: Logger;
  /** Called when Slack refuses a reconnect for good: the operator must fix the app or its token. */
  readonly onRefused: (error: unknown) => void;
}

/**
 * Returns Bolt's receiver for Socket Mode. Its client doesn't handle some rejected promises, and Node exits on an
 * unhandled rejection. This function handles them.
 */
export function createSocketModeReceiver({
  appToken,
  clientOptions,
  logger,
  onRefused,
}: SocketModeOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(logger),
    // Unlike other calls, reconnecting retries without limit. The bot can't work without a connection, and this client
    // would end the process when it gives up.
    installerOptions: {
      clientOptions: { ...clientOptions, retryConfig: { forever: true, factor: 1.5, maxTimeout: 30_000 } },
    },
  });
  surviveMessages(receiver.client, logger);
  surviveReconnecting(receiver.client, onRefused);
  return receiver;
}

type Client = SocketModeReceiver['client'];

/**
 * Logs a message that the client can't read. The client throws on a message about events without an event.
 * https://github.com/slackapi/node-slack-sdk/issues/2167
 */
function surviveMessages(client: Client, logger: Logger): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (data: unknown, isBinary: unknown) => {
    try {
      for (const listener of listeners) await listener(withRateLimitType(data), isBinary);
    } catch (error) {
      logger.error({ err: error }, 'a message of Slack could not be read');
    }
  });
}

/** Slack sends `app_rate_limited` as an events message without an event. Gives it its own type, so the app gets it. */
function withRateLimitType(data: unknown): unknown {
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

/** The caller of start() sees a failed first attempt. Reconnects have no caller, so their errors go to onRefused. */
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
      // Stopping also rejects an attempt that is in progress.
      if (!isOver) onRefused(error);
      return { ok: false };
    }
  };
}
