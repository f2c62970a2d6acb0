import type { PostKind } from '../../decision/post.ts';

const DAY_MS = 86_400_000;

/** A day before, where that is still to come, and at the time itself. */
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
