// Deletes a person's data in batches, because it may take longer than Slack waits.
import { z } from 'zod';
import type { Deps } from '../../delivery/deps.ts';
import { createJob, type Job } from '../../delivery/inbox.ts';

/** Decisions per batch. After each batch, `forgetPerson` stops if asked to. */
const BATCH_SIZE = 20;

/** A person's request to delete their data, stored until it is done. */
const forgetRequestSchema = z.object({
  type: z.literal('forget'),
  person: z.string(),
  /** True if the cards that the person asked for are deleted too. */
  cards: z.boolean(),
});
export type ForgetRequest = z.infer<typeof forgetRequestSchema>;

/**
 * Deletes a person's data. After a stop, the caller continues by calling this again.
 *
 * @returns false if `isStopped` stopped the deletion before its end
 */
export async function forgetPerson(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  tenant: string,
  { person, cards }: ForgetRequest,
  isStopped: () => boolean,
): Promise<boolean> {
  while (!isStopped()) {
    const done = await store.people.forget(tenant, person, { cards, limit: BATCH_SIZE }, clock.now());
    if (done < BATCH_SIZE) return true;
  }
  return false;
}

/**
 * Creates the job that finishes deletions that took longer than Slack waits.
 *
 * @param onProgress called after each run, because cards may need an update
 */
export const createForgetJob = (deps: Pick<Deps, 'store' | 'clock'>, onProgress: () => void): Job =>
  createJob(
    forgetRequestSchema,
    async (tenant, request, isStopped) => {
      const finished = await forgetPerson(deps, tenant, request, isStopped);
      onProgress();
      return finished ? 'done' : 'more';
    },
    { isPromised: true },
  );
