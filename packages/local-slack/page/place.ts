/** The app's own place in the sidebar, where others stand by their channel's id. */
export const APP_VIEW = 'app';

/** Where the person is looking; kept in the address, so that a reload shows the same. */
export interface PageLocation {
  readonly as: string;
  /** A channel's id, or APP. */
  readonly channel: string;
  /** The parent of the thread that is open. */
  readonly thread: string;
}

const FIRST: PageLocation = { as: 'U0ANA', channel: 'C0WEB', thread: '' };

/** What the address leaves out stays as it was. */
export function readLocation(before: PageLocation = FIRST): PageLocation {
  const params = new URLSearchParams(location.hash.slice(1));
  return {
    as: params.get('as') ?? before.as,
    channel: params.get('in') ?? before.channel,
    thread: params.get('thread') ?? before.thread,
  };
}

export function writeLocation({ as, channel, thread }: PageLocation): void {
  location.hash = new URLSearchParams({ as, in: channel, thread }).toString();
}
