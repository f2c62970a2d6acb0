import { failureOf } from '../../slack/failures.ts';

/** Slack's word for blocks that a workspace, or a client's version, does not take. */
const BLOCKS_REFUSED = 'invalid_blocks';

/**
 * Workspaces that refuse Slack's newer blocks. Kept in memory only: after a restart each is asked once more,
 * which costs one call, and one that takes them by then gets them.
 */
export class RichBlocksFallback {
  readonly #plain = new Set<string>();

  /** Posts in the rich form; in the plain one where that is refused, and at once where it was refused before. */
  async post<T>(tenant: string, post: (form: 'rich' | 'plain') => Promise<T>): Promise<T> {
    if (this.#plain.has(tenant)) return post('plain');
    try {
      return await post('rich');
    } catch (error) {
      if (failureOf(error).code !== BLOCKS_REFUSED) throw error;
    }
    const posted = await post('plain');
    // Only now: blocks that are refused in both forms are a fault of ours, not the workspace's.
    this.#plain.add(tenant);
    return posted;
  }
}
