import { setNewest } from './newest.ts';
import { Refusal } from './refusal.ts';
import type { Workspace } from './workspace.ts';

/** Lifetime of a trigger_id, which opens one dialog. */
const TRIGGER_MS = 3_000;
/** Slack's limits for a response_url: five uses in 30 minutes. The current documentation no longer names the five. */
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export interface Trigger {
  readonly user: string;
  /** Channel of the interaction, if any. */
  readonly channel?: string;
  readonly viewId?: string;
}

export interface ResponseTarget {
  readonly user: string;
  readonly channel: string;
  /** The message whose button was clicked. */
  readonly source?: { readonly ts: string; readonly ephemeral: boolean };
}

interface Granted<T> {
  readonly of: T;
  readonly at: number;
  uses: number;
}

/** Trigger ids and response_urls, both short-lived. */
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

  /** Uses up a trigger. Throws Slack's Refusal if it is unknown, used or expired. */
  exchangeTrigger(id: string): Trigger {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.uses > 0) throw new Refusal('trigger_exchanged');
    if (this.#workspace.now() - trigger.at > TRIGGER_MS) throw new Refusal('trigger_expired');
    trigger.uses += 1;
    return trigger.of;
  }

  /** Creates the path of a response_url for a person and a channel. */
  newResponsePath(of: ResponseTarget): string {
    const path = `${this.#workspace.team.id}/${this.#workspace.newId('R')}`;
    setNewest(this.#targets, path, { of, at: this.#workspace.now(), uses: 0 });
    return path;
  }

  /** Counts one use of a response_url. Throws a Refusal if it is unknown, expired or used up. */
  useResponsePath(path: string): ResponseTarget {
    const target = this.#targets.get(path);
    if (target === undefined) throw new Refusal('no_such_url');
    if (this.#workspace.now() - target.at > RESPONSE_URL_MS) throw new Refusal('expired_url');
    if (target.uses >= RESPONSE_URL_USES) throw new Refusal('used_url');
    target.uses += 1;
    return target.of;
  }
}
