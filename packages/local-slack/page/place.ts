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

const FIRST: Place = { as: 'U0ANA', channel: 'C0WEB', thread: '' };

/** What the address leaves out stays as it was. */
export function placeFromAddress(before: Place = FIRST): Place {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    as: params.get('as') ?? before.as,
    channel: params.get('in') ?? before.channel,
    thread: params.get('thread') ?? before.thread,
  };
}

export function keepInAddress({ as, channel, thread }: Place): void {
  location.hash = new URLSearchParams({ as, in: channel, thread }).toString();
}
