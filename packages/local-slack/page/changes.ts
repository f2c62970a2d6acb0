/** How long after the playground has refused the stream, as it does while everything starts over. */
const AGAIN_AFTER_MS = 300;

export interface Listener {
  changed(): void;
  lost(): void;
}

const listeners = new Set<Listener>();
let started = false;

/**
 * Calls at once and after every change; `lost` when the playground can't be reached, until it can be again.
 * However many listen in however many tabs, one stream serves them: browsers allow six connections to a host,
 * and a seventh would wait for ever.
 */
export function onChange(changed: () => void, lost: () => void = () => {}): () => void {
  const listener = { changed, lost };
  listeners.add(listener);
  if (!started) {
    started = true;
    share();
  }
  changed();
  return () => void listeners.delete(listener);
}

/** The tab that holds the lock listens for all; when it is closed, the next one does. */
function share(): void {
  const others = new BroadcastChannel('changes');
  const tell = (what: unknown): void => {
    for (const listener of [...listeners]) what === 'lost' ? listener.lost() : listener.changed();
  };
  others.addEventListener('message', ({ data }) => tell(data));
  const tellAll = (what: keyof Listener): void => {
    tell(what);
    others.postMessage(what);
  };
  void navigator.locks.request('changes', () => {
    follow(tellAll);
    return new Promise(() => {});
  });
}

function follow(tell: (what: keyof Listener) => void): void {
  const source = new EventSource('/changes');
  source.addEventListener('message', () => tell('changed'));
  source.addEventListener('error', () => {
    tell('lost');
    // After an answer that is no stream, a browser does not try again by itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, AGAIN_AFTER_MS, tell);
  });
}
