import { setNewest } from './newest.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** A trigger_id opens one dialog, within three seconds. */
const TRIGGER_MS = 3_000;
/** Slack's long-standing figures; the newest documentation no longer names the five. */
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export interface Trigger {
  readonly user: string;
  /** Where it came from; a view may be pushed only from inside a modal. */
  readonly channel?: string;
  readonly viewId?: string;
}

export interface ResponseTarget {
  readonly user: string;
  readonly channel: string;
  /** The message whose button was pressed. */
  readonly source?: { readonly ts: string; readonly ephemeral: boolean };
}

interface Granted<T> {
  readonly of: T;
  readonly at: number;
  uses: number;
}

/** What Slack hands out for a short while: trigger ids and response_urls. */
export class Grants {
  readonly #workspace: Workspace;
  readonly #triggers = new Map<string, Granted<Trigger>>();
  readonly #targets = new Map<string, Granted<ResponseTarget>>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  newTrigger(of: Trigger): string {
    const id = `${this.#workspace.newId('')}.${this.#workspace.team.id}`;
    setNewest(this.#triggers, id, { of, at: this.#workspace.now(), uses: 0 });
    return id;
  }

  /** Uses a trigger up, or refuses like Slack. */
  exchangeTrigger(id: string): Trigger {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.uses > 0) throw new Refusal('trigger_exchanged');
    if (this.#workspace.now() - trigger.at > TRIGGER_MS) throw new Refusal('trigger_expired');
    trigger.uses += 1;
    return trigger.of;
  }

  /** The path part that leads back to a person and a conversation. */
  newResponsePath(of: ResponseTarget): string {
    const path = `${this.#workspace.team.id}/${this.#workspace.newId('R')}`;
    setNewest(this.#targets, path, { of, at: this.#workspace.now(), uses: 0 });
    return path;
  }

  /** Counts one use, or refuses. */
  useResponsePath(path: string): ResponseTarget {
    const target = this.#targets.get(path);
    if (target === undefined) throw new Refusal('no_such_url');
    if (this.#workspace.now() - target.at > RESPONSE_URL_MS) throw new Refusal('expired_url');
    if (target.uses >= RESPONSE_URL_USES) throw new Refusal('used_url');
    target.uses += 1;
    return target.of;
  }
}
