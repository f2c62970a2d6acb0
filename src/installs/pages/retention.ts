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
    : `The bot deletes a decision and everything in it ${inDays(retentionDays)} after its last change.`;
}

export function describeRemoval({ daysAfterUninstall }: Retention): string {
  return daysAfterUninstall === 0
    ? 'Removing the app deletes its tokens and all the workspace’s data at once.'
    : `Removing the app deletes its tokens at once, and the workspace’s other data after ${inDays(daysAfterUninstall)}. ` +
        'Install it again before then, and everything is still there.';
}

const inDays = (days: number): string => (days === 1 ? 'one day' : `${days} days`);
