import type { Json } from './json.ts';

/** One request of the app to the Web API or a response_url. */
export interface Call {
  /** The method, or `response_url`. */
  readonly method: string;
  readonly args: Json;
  readonly token: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What was sent back; undefined while there is no answer, `dropped` when the connection was broken. */
  answer: { readonly status: number; readonly body: Json } | 'dropped' | undefined;
  /** From its arrival to the answer; undefined while there is none. */
  ms: number | undefined;
}

/** What became of one payload that was sent to the app. */
export interface DeliveryResult {
  /** HTTP status; 200 for an ack over the socket; 0 when the app could not be reached or did not answer. */
  readonly status: number;
  /** Decoded JSON, or text; undefined when empty. */
  readonly body: unknown;
  readonly ms: number;
  readonly timedOut: boolean;
  /** The app asked not to be sent this again. */
  readonly noRetry?: true;
}

/** What Slack says about an event that it sends again. */
export interface Retry {
  /** 1 to 3. */
  readonly num: number;
  readonly reason: string;
}

export type PayloadKind = 'command' | 'interactive' | 'event';

export interface Delivery {
  readonly kind: PayloadKind;
  readonly payload: Json;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of a repetition. */
  readonly retry?: Retry;
  /** Undefined while the app has not answered. */
  result: DeliveryResult | undefined;
}
