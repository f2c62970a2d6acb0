// Deletes what is stored about a person, in steps: it may take longer than Slack waits.
import { z } from 'zod';
import type { Deps } from '../deps.ts';

/** Decisions between two looks at whether to go on. */
const AT_ONCE = 20;

/** A deletion that was promised and isn't finished. */
export const forgetKept = z.object({
  type: z.literal('forget'),
  person: z.string(),
  /** Also the cards they asked for. */
  cards: z.boolean(),
});
export type ForgetKept = z.infer<typeof forgetKept>;

/**
 * Called again, it continues where it stopped.
 *
 * @returns false if it was stopped before the end
 */
export async function forgetPerson(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  tenant: string,
  { person, cards }: ForgetKept,
  isStopped: () => boolean,
): Promise<boolean> {
  while (!isStopped()) {
    const done = await store.people.forget(tenant, person, { cards, limit: AT_ONCE }, clock.now());
    if (done < AT_ONCE) return true;
  }
  return false;
}
