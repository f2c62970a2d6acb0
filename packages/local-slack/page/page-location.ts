/** Stands for the app's Home in place of a channel id. */
export const APP_VIEW = 'app';

/** The person and place shown, kept in the page's address so that a reload shows them again. */
export interface PageLocation {
  readonly as: string;
  /** A channel id, or APP_VIEW. */
  readonly channel: string;
  /** The open thread's parent `ts`, empty without one. */
  readonly thread: string;
}

const FIRST: PageLocation = { as: 'U0ANA', channel: 'C0WEB', thread: '' };

/** Reads the page's address. Missing parts keep their previous values. */
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
