import type { Clock } from './clock.ts';
import type { Person } from './people/person.ts';
import type { Destination } from './server/deliver.ts';
import type { Sockets } from './server/sockets.ts';
import type { Authorization } from './state/authorizations.ts';
import type { Execution, WorkflowStep } from './state/executions.ts';
import type { Faults } from './state/faults.ts';
import type { UploadedFile } from './state/files.ts';
import type { IdSource } from './state/ids.ts';
import type { Json } from './state/json.ts';
import type { Ephemeral, Message } from './state/messages.ts';
import type { ApiCall, Delivery, DeliveryResult, Retry } from './state/record.ts';
import type { Workspace, WorkspaceOptions } from './state/workspace.ts';

/** Options of `startSlack`. */
export interface SlackOptions {
  /** Team, people and channels. Default: a small sample workspace. */
  readonly workspace?: WorkspaceOptions;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Transport for payloads. Default: the socket. `sendTo` changes it later. */
  readonly destination?: Destination;
  /** Time that an app has to acknowledge a payload. Default: Slack's three seconds. */
  readonly ackTimeoutMs?: number;
  /** Client id and secret with which the app is installed by OAuth. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Prefixes of the allowed OAuth redirect URLs. Default: any https URL and any on this machine. */
  readonly redirectUris?: readonly string[];
  readonly now?: () => number;
  /** Time on the app's clock, used to sign requests. Default: the machine's time. */
  readonly appNow?: () => number;
  /** Source of time and timers. `now`, if given, overrides its time. */
  readonly clock?: Clock;
  /** Answers 429 to an app that exceeds Slack's rate limits. */
  readonly rateLimits?: boolean;
  /** Retries an event that the app doesn't answer with 2xx in time: at once, after 1 and after 5 minutes. */
  readonly redeliverEvents?: boolean;
  /** Event types that the app subscribes to. Default: all. */
  readonly events?: readonly string[];
  readonly newId?: IdSource;
  /** Port of the server. 0 picks any free port. */
  readonly port?: number;
}

/** A Slack on this machine, and a test's view of it. */
export interface LocalSlack {
  /** Web API root for the client option `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** URL to which an app sends a user's browser to install the app. */
  readonly authorizeUrl: string;
  /** URL for planning faults with `POST`, for other processes and for this server's pages. */
  readonly controlUrl: string;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** Calls of the app, oldest first. */
  readonly calls: readonly ApiCall[];
  readonly deliveries: readonly Delivery[];
  /** Errors in the app's responses that Slack would show to a person. */
  readonly complaints: readonly string[];
  /** True if people can use the app's commands, shortcuts and Home. */
  readonly isInstalled: boolean;
  readonly isTokenValid: boolean;
  /** Files that the app announced or uploaded. */
  readonly files: readonly UploadedFile[];
  /** Runs of the app's workflow steps, with their results. */
  readonly executions: readonly Execution[];
  as(userId: string): Person;
  /** Changes the transport for all later payloads. */
  sendTo(destination: Destination): void;
  /** Sends an event. `eventId` repeats the id of an earlier event. */
  sendEvent(
    event: Json & { readonly type: string },
    again?: { eventId?: string; retry?: Retry },
  ): Promise<DeliveryResult>;
  /** Runs one of the app's workflow steps by sending `function_executed`. */
  runStep(step: WorkflowStep): Promise<{ readonly id: string; readonly delivered: DeliveryResult }>;
  /** Grants the app's installation. Returns a code for `oauth.v2.access` and the redirect URL with it. */
  authorize(authorization: Authorization): { readonly code: string; readonly url: string };
  /** Sends that many more of the next events twice. */
  duplicateEvents(events: number): void;
  /** Stops sending events twice. */
  stopDuplicating(): void;
  /** Number of next events that will be sent twice. */
  readonly duplicatesLeft: number;
  /** True for Socket Mode, false for signed HTTP. */
  readonly usesSocketMode: boolean;
  /** Revokes the bot token and sends `tokens_revoked`. */
  revokeToken(): Promise<DeliveryResult>;
  /** Removes the app: ends its tokens, leaves all channels, and sends `tokens_revoked` and `app_uninstalled`. */
  uninstall(): Promise<DeliveryResult[]>;
  /** Makes the original bot token valid again, as if an admin had reinstalled the app. */
  reinstall(): void;
  /** Returns a channel's messages, without replies unless they were also sent to the channel. */
  messages(channel: string): Message[];
  /** Returns a thread's replies, without the parent message. */
  thread(channel: string, ts: string): Message[];
  /** Returns the ephemeral messages that this person sees. */
  ephemerals(userId: string): Ephemeral[];
  /** Resolves to the first result that is not null, undefined or false. Asks now and after every change. */
  until<T>(ask: (slack: LocalSlack) => T, timeoutMs?: number): Promise<NonNullable<T>>;
  /** Calls after every change until the returned function is called. */
  listen(call: () => void): () => void;
  close(): Promise<void>;
}
