import type { Deps } from '../deps.ts';
import type { InFlight } from '../in-flight.ts';
import type { Outbox } from '../jobs/outbox.ts';

/** What listeners need on top. */
export interface ListenerDeps extends Deps {
  readonly outbox: Outbox;
  /** Interactions that are being handled. */
  readonly inFlight: InFlight;
}
