import { Refusal } from '../state/refusal.ts';

/** An error message for a person. All other errors are for programmers. */
export class UserFacingError extends Error {
  override name = 'Told';
}

/** Messages for refusals that occur when a person's screen is out of date. */
const REFUSED: Readonly<Record<string, string>> = {
  user_not_found: 'There is no such person in this workspace.',
  channel_not_found: 'There is no such channel, or you are not in it.',
  message_not_found: 'This message is gone.',
  thread_not_found: 'The message of this thread is gone.',
  cannot_reply_to_message: 'This is a reply itself; answer in its thread.',
  not_found: 'This dialog is closed already.',
};

/** Returns the sentence that a person sees for any error. */
export function describeError(error: unknown): string {
  if (error instanceof UserFacingError) return error.message;
  const known = error instanceof Refusal ? REFUSED[error.code] : undefined;
  return known ?? 'That is not possible here, or not any more. Look again at what is on the screen.';
}
