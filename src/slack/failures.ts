// Classifies failed Web API calls, and words them for people.
import { webApi } from '@slack/bolt';
import { TOKEN_CODES } from '../runtime/token-codes.ts';

const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = webApi;

/**
 * The meaning of a failed Web API call for a message that it should post. Slack has no idempotency key, so a retry is
 * safe only if Slack surely didn't post the message.
 */
export type Failure =
  /** Slack refused and posted nothing. A retry fails as well until a person changes something. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack posted nothing and may accept a retry later. */
  | { readonly kind: 'later'; readonly code: string; readonly afterMs: number }
  /** Sent, but no response: Slack may have posted it. */
  | { readonly kind: 'unclear'; readonly code: string };

/** Slack's upload address refused the file. Slack has shown nothing, so a retry is safe. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly code: string;

  constructor(code: string) {
    super(`the upload was refused: ${code}`);
    this.code = code;
  }
}

/** Slack's error codes for a failure that may have come after the message was posted. */
const UNCLEAR_CODES = new Set(['fatal_error', 'internal_error', 'request_timeout']);
/** Slack's error codes for "not now". */
const LATER_CODES = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);
/** Network errors before a connection was made, so Slack received nothing. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/** Delay before a retry if Slack doesn't set one. */
const DEFAULT_RETRY_MS = 5_000;

/** Returns what a failed call means. Rethrows errors that aren't from Slack or the network. */
export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'later', code: 'ratelimited', afterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    // The client also takes a proxy's response for one of Slack's.
    if (!/^[a-z0-9_]{1,80}$/.test(code)) return { kind: 'unclear', code: 'malformed_answer' };
    if (UNCLEAR_CODES.has(code)) return { kind: 'unclear', code };
    if (LATER_CODES.has(code)) return { kind: 'later', code, afterMs: DEFAULT_RETRY_MS };
    return { kind: 'refused', code };
  }
  if (error instanceof WebAPIHTTPError) {
    // A 429 without retry-after comes from a proxy, because Slack always sends one.
    if (error.statusCode === 429) return { kind: 'later', code: 'ratelimited', afterMs: DEFAULT_RETRY_MS };
    // A proxy or Slack refused the request (4xx), or failed before or after posting the message (5xx).
    return error.statusCode < 500
      ? { kind: 'refused', code: `http_${error.statusCode}` }
      : { kind: 'unclear', code: `http_${error.statusCode}` };
  }
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    if (NEVER_SENT.has(code)) return { kind: 'later', code, afterMs: DEFAULT_RETRY_MS };
    return { kind: 'unclear', code };
  }
  if (error instanceof UploadRefused) return { kind: 'later', code: error.code, afterMs: DEFAULT_RETRY_MS };
  throw error;
}

/** Twice as long as a process caches a token. After that it has a new token, or knows that the app was uninstalled. */
const NEW_TOKEN_WITHIN_MS = 2 * 60_000;

/** Returns what a failed call means for a message that no one waits for: a refused token only delays it. */
export function deliveryFailureOf(error: unknown): Failure {
  const failure = failureOf(error);
  if (failure.kind !== 'refused' || !TOKEN_CODES.has(failure.code)) return failure;
  return { kind: 'later', code: failure.code, afterMs: NEW_TOKEN_WITHIN_MS };
}

/** fetch hides the system's code in a chain of causes. */
function networkCode(error: Error): string {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    if ('code' in e && typeof e.code === 'string') return e.code;
    if (e.name === 'TimeoutError') return 'timeout';
  }
  return 'network_error';
}

/** Looks up one of Slack's error codes, ignoring inherited properties such as `constructor`. */
const lookUp = <T>(table: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** Sentences for errors of the picked channel: another channel, or an invitation, may help. */
const CHANNEL_SENTENCES: Readonly<Record<string, (bot: string) => string>> = {
  channel_not_found: (bot) =>
    `I can’t see this channel. If it’s private, type “/invite ${bot}” there, then try again here.`,
  not_in_channel: (bot) => `I’m not in this channel. Type “/invite ${bot}” there, then try again here.`,
  is_archived: () => 'This channel is archived. Pick another one.',
  is_inactive: () => 'This channel is frozen. Pick another one.',
  restricted_action: () =>
    'Apps can’t post in this channel. Pick another one, or ask its managers to allow it.',
  restricted_action_read_only_channel: () => 'This channel is read-only. Pick another one.',
  restricted_action_thread_only_channel: () => 'This channel only allows replies. Pick another one.',
  no_permission: () => 'I’m not allowed to post in this channel. Pick another one.',
  thread_not_found: () => 'The message was deleted, so it has no thread. Pick a channel.',
  cannot_reply_to_message: () => 'Slack doesn’t allow replies to this message. Pick a channel.',
  thread_locked: () => 'This thread is closed to replies. Pick a channel.',
  team_access_not_granted: () => 'I don’t have access to this workspace. Ask an admin to grant it.',
};

const OTHER_SENTENCES: Readonly<Record<string, string>> = {
  invalid_blocks:
    'Slack rejected the card’s layout, which is a bug in this bot. Report it to the people who run the bot.',
  msg_blocks_too_long: 'The card is too long for Slack. Shorten the project name and try again.',
  token_revoked: 'The app was removed, or its token was revoked. Ask an admin to install it again.',
  token_expired: 'The app’s token has expired. Ask an admin to install the app again.',
  invalid_auth: 'Slack doesn’t accept the app’s token. Ask the people who run the bot to check it.',
  not_authed: 'Slack doesn’t accept the app’s token. Ask the people who run the bot to check it.',
  account_inactive: 'The app was removed from this workspace. Ask an admin to install it again.',
  missing_scope: 'The app lacks a permission it needs. Ask an admin to install it again.',
  ekm_access_denied:
    'Your organization has suspended access to this channel’s messages. Ask an admin to restore it.',
  message_limit_exceeded: 'This workspace has reached its message limit. Ask an admin to raise it.',
  gave_up: 'I couldn’t post the card for 24 hours. Post it now only if people still need it.',
};

/**
 * Returns the sentence for a person whose dialog Slack didn't open.
 *
 * @param again how to try again, for an error that usually passes
 * @param afterwards what to do once an admin has fixed a lasting error; continues a sentence
 */
export function dialogFailureSentence(code: string, again: string, afterwards = '.'): string {
  const lasting = lookUp(OTHER_SENTENCES, code);
  return lasting === undefined
    ? `Slack didn’t open the dialog (${code}). ${again}`
    : `${lasting.slice(0, -1)}${afterwards}`;
}

/** Returns the sentence for a person whose card Slack didn't post, with what to do. `bot` is the bot's `@name`. */
export function cardFailureSentence(code: string, bot: string): string {
  return (
    lookUp(CHANNEL_SENTENCES, code)?.(bot) ??
    lookUp(OTHER_SENTENCES, code) ??
    `Slack rejected the card (${code}). Try another channel; if that fails too, tell the people who run the bot.`
  );
}

/** Sentences for errors of a reply, which can't go to another channel. */
const REPLY_SENTENCES: Readonly<Record<string, (bot: string) => string>> = {
  not_in_channel: (bot) => `I’m no longer in this channel. Type “/invite ${bot}”, then ask me again.`,
  channel_not_found: (bot) => `I can no longer see this channel. Type “/invite ${bot}”, then ask me again.`,
  is_archived: () => 'This channel is archived. Ask me in another one.',
  thread_locked: () => 'This thread is closed to replies. Ask me in another one.',
  thread_not_found: () => 'This thread’s first message was deleted. Ask me in another thread.',
  cannot_reply_to_message: () => 'Slack doesn’t allow replies to this message. Ask me under another one.',
};
const RESTRICTED = 'Apps can’t post in this channel. Ask me in another one, or ask its managers to allow it.';

/** Returns the sentence for a person whose question couldn't be answered in the thread. */
export function replyFailureSentence({ kind, code }: Failure, bot: string): string {
  if (kind === 'unclear') {
    return 'Slack didn’t confirm my answer. If it isn’t in the thread, ask me again.';
  }
  if (kind === 'later') return 'Slack isn’t taking messages right now. Ask me again in a minute.';
  const sentence = lookUp(REPLY_SENTENCES, code)?.(bot);
  if (sentence !== undefined) return sentence;
  if (code.startsWith('restricted_action') || code === 'no_permission') return RESTRICTED;
  return `Slack rejected my answer (${code}). Ask me again; if that fails too, tell the people who run the bot.`;
}
