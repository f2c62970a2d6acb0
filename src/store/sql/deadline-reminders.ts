import type { PostKind } from '../../decision/post.ts';

const DAY_MS = 86_400_000;

/** Returns the reminders of a deadline: one a day before, if that isn't past, and one at the deadline. */
export function planDeadlineReminders(
  voteUntil: number | null,
  now: number,
): { kind: PostKind; at: number }[] {
  if (voteUntil === null) return [];
  const soon = voteUntil - DAY_MS;
  return [
    ...(soon > now ? [{ kind: 'deadline_soon' as const, at: soon }] : []),
    { kind: 'deadline', at: voteUntil },
  ];
}
