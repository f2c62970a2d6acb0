/** The app's own place in the sidebar, where others stand by their channel's id. */
export const APP = 'app';

/** Where the person is looking; kept in the address, so that a reload shows the same. */
export interface Place {
  readonly as: string;
  /** A channel's id, or APP. */
  readonly channel: string;
  /** The parent of the thread that is open. */
  readonly thread: string;
}

export function placeFromAddress(): Place {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    as: params.get('as') ?? 'U0ANA',
    channel: params.get('in') ?? 'C0WEB',
    thread: params.get('thread') ?? '',
  };
}

export function keepInAddress({ as, channel, thread }: Place): void {
  location.hash = new URLSearchParams({ as, in: channel, thread }).toString();
}
