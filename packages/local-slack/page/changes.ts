/** Delay before a new attempt, in milliseconds. The playground refuses the stream while it starts over. */
const AGAIN_AFTER_MS = 300;

export interface Listener {
  changed(): void;
  lost(): void;
}

const listeners = new Set<Listener>();
let started = false;

/**
 * Calls `changed` at once and after every change, and `lost` while the playground can't be reached. All listeners in
 * all tabs share one stream: browsers allow six connections to a host, and a seventh would wait indefinitely.
 */
export function onChange(changed: () => void, lost: () => void = () => {}): () => void {
  const listener = { changed, lost };
  listeners.add(listener);
  if (!started) {
    started = true;
    shareStream();
  }
  changed();
  return () => void listeners.delete(listener);
}

/** The tab with the lock listens for all tabs. When it closes, another tab gets the lock. */
function shareStream(): void {
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
    followStream(tellAll);
    return new Promise(() => {});
  });
}

function followStream(tell: (what: keyof Listener) => void): void {
  const source = new EventSource('/changes');
  source.addEventListener('message', () => tell('changed'));
  source.addEventListener('error', () => {
    tell('lost');
    // After a response that isn't a stream, browsers don't retry automatically.
    if (source.readyState === EventSource.CLOSED) setTimeout(followStream, AGAIN_AFTER_MS, tell);
  });
}
