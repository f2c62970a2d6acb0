/**
 * Dated notes or facts that were last checked more than a year before that day, the oldest first.
 *
 * @param today such as 2026-11-23
 */
export function findStale<Dated extends { readonly as_of: string }>(
  dated: readonly Dated[],
  today: string,
): Dated[] {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  return dated.filter((one) => one.as_of < yearAgo).sort((a, b) => a.as_of.localeCompare(b.as_of));
}
