// Deletes a person's data in batches, because it may take longer than Slack waits.
import { z } from 'zod';
import type { Deps } from '../../delivery/deps.ts';
import { createJob, type Job } from '../../delivery/inbox.ts';

/** Decisions per batch. After each batch it checks whether to stop. */
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
 * Deletes a person's data. If it was stopped, call it again to continue.
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

/** Finishes deletions that took longer than Slack waits. `onProgress`: cards changed, and may need an update. */
export const forgetJob = (deps: Pick<Deps, 'store' | 'clock'>, onProgress: () => void): Job =>
  createJob(
    forgetKept,
    async (tenant, request, isStopped) => {
      const finished = await forgetPerson(deps, tenant, request, isStopped);
      onProgress();
      return finished ? 'done' : 'more';
    },
    { isPromised: true },
  );
