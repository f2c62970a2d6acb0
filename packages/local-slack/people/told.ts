import { Refusal } from '../state/refusal.ts';

/** What Slack's client tells a person; every other error is for programmers. */
export class UserFacingError extends Error {
  override name = 'Told';
}

/** What people can run into when their screen is older than Slack. */
const REFUSED: Readonly<Record<string, string>> = {
  user_not_found: 'There is no such person in this workspace.',
  channel_not_found: 'There is no such channel, or you are not in it.',
  message_not_found: 'This message is gone.',
  thread_not_found: 'The message of this thread is gone.',
  cannot_reply_to_message: 'This is a reply itself; answer in its thread.',
  not_found: 'This dialog is closed already.',
};

/** A sentence for whatever was thrown. */
export function describeError(error: unknown): string {
  if (error instanceof UserFacingError) return error.message;
  const known = error instanceof Refusal ? REFUSED[error.code] : undefined;
  return known ?? 'That is not possible here, or not any more. Look again at what is on the screen.';
}
