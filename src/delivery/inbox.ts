import { z } from 'zod';
import { type ForgetKept, forgetKept, forgetPerson } from '../features/privacy/forget-person.ts';
import { type LookedAgainKept, lookedAgainKept, sayLookedAgain } from '../features/revisit/check-deliver.ts';
import { runStep } from '../features/workflow/run-step.ts';
import { NotInstalled } from '../slack/not-installed.ts';
import type { Deps } from './deps.ts';
import { Loop, type LoopState } from './loop.ts';
import type { Outbox } from './outbox.ts';
import { pause } from './pause.ts';

/** Far longer than handling one takes; a process that dies over it leaves it to another one then. */
const CLAIM_MS = 60_000;
const LOOK_AGAIN_MS = 60_000;
const GIVE_UP_AFTER_ATTEMPTS = 20;
/** How long a deletion runs before other events get their turn. */
const FORGET_FOR_MS = 1_000;
const MOST_LEVELS = 20;
/** Of any time that Slack could mean, in seconds. */
const LATEST_S = 100_000_000_000;

/** What Slack never sends again once it is acknowledged, and what nobody would notice to be missing. */
const KEPT = ['app_uninstalled', 'tokens_revoked', 'function_executed'] as const;

/** Whether events of this type are kept, where they can be read. */
export const isKept = (type: string): boolean => KEPT.some((kept) => kept === type);

const place = z.object({
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  user_id: z.string().nullish(),
});

const kept = place.extend({
  type: z.literal('event_callback'),
  event_id: z.string().min(1).max(200),
  /** Seconds since 1970. */
  event_time: z.int().min(0).max(LATEST_S).nullish().catch(null),
  authorizations: z.array(place).nullish(),
  event: z.looseObject({ type: z.enum(KEPT) }),
});
type Kept = z.infer<typeof kept>;

/** What is in there: what Slack has sent, and what was answered at once and has more to be done. */
const bodies = z.union([kept, lookedAgainKept, forgetKept]);

const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish() });

export interface InboxParts {
  readonly deps: Deps;
  /** Callback id of the workflow step that is ours. */
  readonly stepId: string;
  /** How long data other than tokens is kept after the app was removed, in milliseconds. */
  readonly eraseAfterMs: number;
  /** When it was seen that the app may act there; null where the store knows better. */
  readonly since: (tenant: string) => number | null;
  /** The tenant's tokens must not be used any more. */
  readonly forget: (tenant: string) => void;
  /** Call when a deletion may be due. */
  readonly kickErasure: () => void;
  readonly outbox: Pick<Outbox, 'kick' | 'tellNow'>;
  /** A person's data was deleted, so cards have changed. */
  readonly onForgotten: () => void;
}

/**
 * Work that must be on disk before it is acknowledged: removals of the app, steps of workflows, replies about a check
 * that was made in a dialog, and deletions that were promised. Bolt acknowledges events before any listener runs, so
 * it never gets the events stored here. It gets all others: if one is lost, the person asks again or opens the Home
 * tab again.
 */
export class Inbox {
  readonly #parts: InboxParts;
  readonly #loop: Loop;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    const { clock, logger } = parts.deps;
    const trouble = 'the database does not let events be worked on';
    this.#loop = new Loop({ clock, logger, trouble, pass: (loop) => this.#pass(loop) });
  }

  /**
   * Keeps what is to be kept.
   * @returns false for everything else; resolves when it is on disk
   */
  keep(body: unknown): false | Promise<true> {
    // Most of what comes is a click or a command, and must not wait for this.
    if (!isEvent(body)) return false;
    const parsed = kept.safeParse(body).data;
    if (!parsed) return false;
    const tenant = placeOf(parsed)?.tenant;
    return tenant === undefined ? false : this.#put(parsed, tenant);
  }

  async #put(parsed: Kept, tenant: string): Promise<true> {
    const { store, clock } = this.#parts.deps;
    // A step's event brings a token of its own. Ours does, and secrets have no place in a queue.
    const { bot_access_token: _, ...event } = parsed.event;
    await store.inbox.put(
      { id: parsed.event_id, tenant, body: { ...parsed, event: cutOff(event, MOST_LEVELS) } },
      clock.now(),
    );
    this.kick();
    return true;
  }

  kick(): void {
    this.#loop.kick();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  idle(): Promise<void> {
    return this.#loop.idle();
  }

  async #pass(loop: LoopState): Promise<number> {
    const { store, clock, logger } = this.#parts.deps;
    while (!loop.stopped) {
      const received = await store.inbox.claim(clock.now(), clock.now() + CLAIM_MS);
      if (!received) break;
      try {
        const body = bodies.parse(received.body);
        if (body.type !== 'forget') await this.#handle(received.tenant, body);
        else if (!(await this.#forget(received.tenant, body, loop))) {
          await store.inbox.later(received.id, clock.now());
          continue;
        }
        await store.inbox.done(received.id);
      } catch (error) {
        if (error instanceof NotInstalled) {
          logger.info({ tenant: received.tenant, event: received.id }, 'an event of somebody who has left');
          await store.inbox.done(received.id);
          continue;
        }
        // Never give up on a deletion: the person was told that it will finish.
        const isPromised = forgetKept.safeParse(received.body).success;
        const over = received.attempts >= GIVE_UP_AFTER_ATTEMPTS && !isPromised;
        logger.error({ err: error, event: received.id, over }, 'an event could not be worked on');
        if (over) await store.inbox.done(received.id);
        else await store.inbox.later(received.id, clock.now() + pause(0, received.attempts));
      }
    }
    const due = await store.inbox.nextDue();
    return due === null ? LOOK_AGAIN_MS : Math.max(50, Math.min(due - clock.now(), LOOK_AGAIN_MS));
  }

  async #handle(tenant: string, body: Kept | LookedAgainKept): Promise<void> {
    const { deps, stepId, outbox } = this.#parts;
    if (body.type === 'looked_again') return sayLookedAgain(deps, tenant, body);
    const where = placeOf(body);
    if (!where) return;
    const { event } = body;
    switch (event.type) {
      case 'function_executed':
        return runStep(deps, outbox, stepId, where, event);
      case 'tokens_revoked':
        // Only people's own tokens: the app itself is still there.
        if ((revoked.safeParse(event).data?.tokens?.bot ?? []).length === 0) return;
        return this.#leave(where.tenant, body);
      case 'app_uninstalled':
        return this.#leave(where.tenant, body);
    }
  }

  /** Deletes for a limited time. @returns false if there is more to delete */
  async #forget(tenant: string, body: ForgetKept, loop: LoopState): Promise<boolean> {
    const { deps, outbox, onForgotten } = this.#parts;
    const until = deps.clock.monotonic() + FORGET_FOR_MS;
    const isOver = (): boolean => loop.stopped || deps.clock.monotonic() >= until;
    const finished = await forgetPerson(deps, tenant, body, isOver);
    outbox.kick();
    onForgotten();
    return finished;
  }

  /** Both events come, in any order, and maybe late. */
  async #leave(tenant: string, { event, event_time }: Kept): Promise<void> {
    const { deps, eraseAfterMs, since, forget, kickErasure } = this.#parts;
    const now = deps.clock.now();
    // Slack gives whole seconds. An installation in the same second came before the removal, so round up. Don't go past
    // now, or the bot couldn't notice that the app is back.
    const leftAt = event_time ? Math.min(event_time * 1_000 + 999, now) : now;
    // True if the token from the environment has worked since then. A time in the future came from a clock that was ahead.
    const seen = since(tenant);
    const isBack = seen !== null && seen > leftAt && seen <= now;
    const left = !isBack && (await deps.store.tenants.leave(tenant, leftAt, now, now + eraseAfterMs));
    deps.logger.info({ tenant, event: event.type, left }, 'the app was removed');
    // Also for an event that is too late: another instance may have stored the new token.
    if (!isBack) forget(tenant);
    if (left) kickErasure();
  }
}

/** The same with nothing in it that is nested deeper: no event of Slack’s is, and databases refuse it. */
function cutOff(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return value.map((one) => cutOff(one, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cutOff(one, levels - 1)]));
}

const isEvent = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'type' in body && body.type === 'event_callback';

/** Whose event this is: the enterprise's for an org-wide installation, else the workspace's. */
function placeOf(body: Kept): { tenant: string; workspace: string; botUser: string | null } | null {
  const [authorization] = body.authorizations ?? [];
  const from = authorization ?? body;
  const enterprise = from.enterprise_id ?? body.enterprise_id;
  const team = from.team_id ?? body.team_id;
  // Where no workspace is named, it can only be the organisation as a whole.
  const tenant = from.is_enterprise_install ? enterprise : (team ?? enterprise);
  if (!tenant) return null;
  return { tenant, workspace: team ?? tenant, botUser: authorization?.user_id ?? null };
}
