import type { Json } from './json.ts';

/** One request from the app to the Web API or a response_url. */
export interface ApiCall {
  /** Web API method, `response_url` or `upload_url`. */
  readonly method: string;
  readonly args: Json;
  readonly token: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Response of this server. Undefined before it is sent, `dropped` after a broken connection. */
  answer: { readonly status: number; readonly body: Json } | 'dropped' | undefined;
  /** Milliseconds from the request's arrival to the response. Undefined before the response. */
  ms: number | undefined;
}

/** Result of sending one payload to the app. */
export interface DeliveryResult {
  /** HTTP status. 200 for an ack over the socket, 0 if the app was unreachable or didn't answer. */
  readonly status: number;
  /** Decoded JSON, or text if the body isn't JSON. Undefined if empty. */
  readonly body: unknown;
  readonly ms: number;
  readonly timedOut: boolean;
  /** True if the app sent `x-slack-no-retry: 1`. */
  readonly noRetry?: true;
}

/** Slack's description of a retry of an event. */
export interface Retry {
  /** Number of the retry, from 1 to 3. */
  readonly num: number;
  readonly reason: string;
}

export type PayloadKind = 'command' | 'interactive' | 'event';

export interface Delivery {
  readonly kind: PayloadKind;
  readonly payload: Json;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Set if the payload is a retry. */
  readonly retry?: Retry;
  /** Undefined until the app answers or the delivery fails. */
  result: DeliveryResult | undefined;
}
