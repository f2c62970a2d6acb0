import { Refusal } from '../state/refusal.ts';

/** An error message for a person. All other errors are for programmers. */
export class UserFacingError extends Error {
  override name = 'Told';
}

/** Messages for refusals that occur when a person's screen is out of date. */
const REFUSED: Readonly<Record<string, string>> = {
  user_not_found: 'This person isn’t in the workspace.',
  channel_not_found: 'This channel doesn’t exist, or you’re not in it.',
  message_not_found: 'This message was deleted.',
  thread_not_found: 'This thread’s message was deleted.',
  cannot_reply_to_message: 'You can’t start a thread on a reply. Reply in its thread.',
  not_found: 'This dialog is already closed.',
};

/** Returns the sentence that a person sees for any error. */
export function describeError(error: unknown): string {
  if (error instanceof UserFacingError) return error.message;
  const known = error instanceof Refusal ? REFUSED[error.code] : undefined;
  return known ?? 'You can’t do this here, or not any more. Check what’s on the screen.';
}
