import type { Clock } from './clock.ts';
import type { Person } from './people/person.ts';
import type { Destination } from './server/deliver.ts';
import type { Sockets } from './server/sockets.ts';
import type { Authorization } from './state/authorizations.ts';
import type { Execution, Step } from './state/executions.ts';
import type { Faults } from './state/faults.ts';
import type { UploadedFile } from './state/files.ts';
import type { IdSource } from './state/ids.ts';
import type { Json } from './state/json.ts';
import type { Ephemeral, Message } from './state/messages.ts';
import type { Call, Delivery, DeliveryResult, Retry } from './state/record.ts';
import type { Workspace, WorkspaceOptions } from './state/workspace.ts';

/** How a local Slack is started. */
export interface SlackOptions {
  /** Who and what there is; a small sample workspace unless told. */
  readonly workspace?: WorkspaceOptions;
  readonly botToken?: string;
  readonly appToken?: string;
  /** Where payloads go; the socket unless told. Can be changed later with `sendTo`. */
  readonly destination?: Destination;
  /** How long an app has for its ack; Slack gives three seconds. */
  readonly ackTimeoutMs?: number;
  /** The app's registration, for its installation by OAuth. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Beginnings of the addresses that OAuth may lead back to; any local or https one unless told. */
  readonly redirectUris?: readonly string[];
  readonly now?: () => number;
  /** What the app's clock says, where that is not the machine's. */
  readonly appNow?: () => number;
  /** Time and timers in one; `now` then is the clock's, unless it is given as well. */
  readonly clock?: Clock;
  /** Answers 429 to an app that calls more often than Slack's tiers allow. */
  readonly rateLimits?: boolean;
  /** Sends an event again that the app did not answer in time with 2xx: at once, after 1 and 5 minutes. */
  readonly redeliverEvents?: boolean;
  /** The events that the app has subscribed to; it gets all unless told. */
  readonly events?: readonly string[];
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
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where an app sends the browser of who installs it. */
  readonly authorizeUrl: string;
  /** `POST` here plans what goes wrong; for other processes, and for pages of this server. */
  readonly controlUrl: string;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly sockets: Sockets;
  /** What the app has called, in order; and what it was sent. */
  readonly calls: readonly Call[];
  readonly deliveries: readonly Delivery[];
  /** What Slack would have shown a person as trouble with the app. */
  readonly complaints: readonly string[];
  /** Whether people are offered the app: its command, shortcuts and Home. */
  readonly isInstalled: boolean;
  /** Whether `botToken` is taken. */
  readonly isTokenValid: boolean;
  /** What the app has uploaded. */
  readonly files: readonly UploadedFile[];
  /** Workflow steps that were run, and how they have ended. */
  readonly executions: readonly Execution[];
  as(userId: string): Person;
  /** From now on payloads go there. */
  sendTo(destination: Destination): void;
  /** Sends an event. `eventId` repeats one that was sent before. */
  sendEvent(
    event: Json & { readonly type: string },
    again?: { eventId?: string; retry?: Retry },
  ): Promise<DeliveryResult>;
  /** A workflow comes to a step of the app: `function_executed`. */
  runStep(step: Step): Promise<{ readonly id: string; readonly delivered: DeliveryResult }>;
  /** Somebody allows the app: a code for `oauth.v2.access`, and the address with it. */
  authorize(authorization: Authorization): { readonly code: string; readonly url: string };
  /** So many more of the next events reach the app twice. */
  duplicateEvents(events: number): void;
  /** Every event comes once again. */
  stopDuplicating(): void;
  /** How many of the next events will come twice. */
  readonly duplicatesLeft: number;
  /** Whether payloads go over the socket; by HTTP otherwise. */
  readonly usesSocketMode: boolean;
  /** The token works no more; the app hears of it by `tokens_revoked`. */
  revokeToken(): Promise<DeliveryResult>;
  /** The app is gone from the workspace: tokens, memberships, what it offers people; it hears of it by two events. */
  uninstall(): Promise<DeliveryResult[]>;
  /** The first token works again, as if an admin had reinstalled the app. */
  reinstall(): void;
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
