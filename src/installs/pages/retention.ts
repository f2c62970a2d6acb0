// Sentences about how long data is kept.

/** The operator's settings of how long data is kept. */
export interface Retention {
  /** Days from a decision's last change until it is deleted; null keeps it. */
  readonly retentionDays: number | null;
  /** Days from the app's removal until the workspace's data is deleted; 0 deletes it at once. */
  readonly daysAfterUninstall: number;
}

export function describeRetention({ retentionDays }: Retention): string {
  return retentionDays === null
    ? 'A decision is kept until someone deletes it.'
    : `A decision is deleted, with everything that belongs to it, ${inDays(retentionDays)} after it last changed.`;
}

export function describeRemoval({ daysAfterUninstall }: Retention): string {
  return daysAfterUninstall === 0
    ? 'Removing the app deletes its tokens and all of the workspace’s data at once.'
    : `Removing the app deletes its tokens at once and all other data of the workspace after ${inDays(daysAfterUninstall)}. ` +
        'If you install the app again before then, everything is still there.';
}

const inDays = (days: number): string => (days === 1 ? 'one day' : `${days} days`);
