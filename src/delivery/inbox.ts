import { z } from 'zod';
import { NotInstalled } from '../slack/installation.ts';
import type { Deps } from './deps.ts';
import { Loop, type LoopState } from './loop.ts';
import { retryDelay } from './retry-delay.ts';

/** Duration of a claim: far longer than handling an event. After a crash, another process takes over. */
const CLAIM_MS = 60_000;
const POLL_EVERY_MS = 60_000;
const GIVE_UP_AFTER_ATTEMPTS = 20;
/** Longest run of a job before other entries are handled. */
const TURN_MS = 1_000;
/** Deepest nesting that is stored. Slack's events are flatter, and databases refuse very deep JSON. */
const MOST_LEVELS = 20;
/** Upper bound for `event_time`, far beyond any time that Slack could send, in seconds since 1970. */
const LATEST_S = 100_000_000_000;

/** Slack never resends these after the ack, and no user would notice their loss. So they are stored before it. */
const DURABLE_EVENTS = ['app_uninstalled', 'tokens_revoked', 'function_executed'] as const;
export type DurableEventType = (typeof DURABLE_EVENTS)[number];

/** True for the event types that are stored before the ack. */
export const isDurableEvent = (type: string): boolean => DURABLE_EVENTS.some((kept) => kept === type);

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
  event: z.looseObject({ type: z.enum(DURABLE_EVENTS) }),
});
/** A stored event, as Slack sent it. */
export type DurableEvent = z.infer<typeof kept>;

type InboxDeps = Pick<Deps, 'store' | 'clock' | 'logger'>;

/** The tenant that an event comes from, and its bot user. */
export interface EventOrigin {
  readonly tenant: string;
  readonly workspace: string;
  /** Slack user id of the bot; null if Slack doesn't send it. */
  readonly botUser: string | null;
}

/** Handles a stored event. If it rejects, the inbox retries later. */
export type HandleEvent = (place: EventOrigin, body: DurableEvent) => Promise<void>;

/** Runs a stored job until it is done or `isStopped`. `more`: the inbox calls it again after other entries. */
export type RunJob = (tenant: string, isStopped: () => boolean) => Promise<'done' | 'more'>;

/** A kind of job: work that the bot stores for itself, because it told a person that this will happen. */
export interface Job {
  /** Returns the function that runs this stored body; null if the body is another kind of job. */
  readonly from: (body: unknown) => RunJob | null;
  /** True if the inbox must never give up on it. */
  readonly isPromised: boolean;
}

/**
 * Creates a kind of job.
 *
 * @param schema schema of the stored body; no other kind of job may match it
 */
export function createJob<Body>(
  schema: z.ZodType<Body>,
  run: (tenant: string, body: Body, isStopped: () => boolean) => Promise<'done' | 'more'>,
  { isPromised = false }: { readonly isPromised?: boolean } = {},
): Job {
  return {
    isPromised,
    from: (body) => {
      const parsed = schema.safeParse(body);
      return parsed.success ? (tenant, isStopped) => run(tenant, parsed.data, isStopped) : null;
    },
  };
}

export interface InboxWork {
  readonly events: Readonly<Record<DurableEventType, HandleEvent>>;
  readonly jobs: readonly Job[];
}

/**
 * Stores and handles work that must be on disk before the ack: removals of the app, workflow steps, replies about a
 * check that was made in a dialog, and promised deletions. Bolt acknowledges events before any listener runs, so it
 * never gets the events stored here. It gets all other events: if one is lost, the person asks again or opens the Home
 * tab again.
 */
export class Inbox {
  readonly #deps: InboxDeps;
  readonly #work: InboxWork;
  readonly #loop: Loop;

  constructor(deps: InboxDeps, work: InboxWork) {
    this.#deps = deps;
    this.#work = work;
    const { clock, logger } = deps;
    const trouble = 'the database failed while handling events';
    this.#loop = new Loop({ clock, logger, trouble, pass: (loop) => this.#pass(loop) });
  }

  /**
   * Stores a durable event; resolves when it is on disk.
   *
   * @returns false if it can't be read
   */
  keep(body: unknown): false | Promise<true> {
    const parsed = kept.safeParse(body).data;
    if (!parsed) return false;
    const tenant = originOf(parsed)?.tenant;
    return tenant === undefined ? false : this.#put(parsed, tenant);
  }

  async #put(parsed: DurableEvent, tenant: string): Promise<true> {
    const { store, clock } = this.#deps;
    // A workflow step's event contains a token. The bot's own token works too, and secrets don't belong in a queue.
    const { bot_access_token: _, ...event } = parsed.event;
    await store.inbox.put(
      { id: parsed.event_id, tenant, body: { ...parsed, event: limitDepth(event, MOST_LEVELS) } },
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
    const { store, clock, logger } = this.#deps;
    while (!loop.stopped) {
      const received = await store.inbox.claim(clock.now(), clock.now() + CLAIM_MS);
      if (!received) break;
      const job = this.#jobFor(received.body);
      try {
        const progress = job
          ? await job.run(received.tenant, this.#untilTurnEnds(loop))
          : await this.#handle(kept.parse(received.body));
        if (progress === 'more') {
          await store.inbox.postpone(received.id, clock.now());
          continue;
        }
        await store.inbox.remove(received.id);
      } catch (error) {
        if (error instanceof NotInstalled) {
          logger.info(
            { tenant: received.tenant, event: received.id },
            'an event of an uninstalled workspace',
          );
          await store.inbox.remove(received.id);
          continue;
        }
        const over = received.attempts >= GIVE_UP_AFTER_ATTEMPTS && !job?.isPromised;
        logger.error({ err: error, event: received.id, over }, 'an event could not be worked on');
        if (over) await store.inbox.remove(received.id);
        else await store.inbox.postpone(received.id, clock.now() + retryDelay(received.attempts));
      }
    }
    const due = await store.inbox.nextDue();
    return due === null ? POLL_EVERY_MS : Math.max(50, Math.min(due - clock.now(), POLL_EVERY_MS));
  }

  #jobFor(body: unknown): { readonly run: RunJob; readonly isPromised: boolean } | null {
    for (const { from, isPromised } of this.#work.jobs) {
      const run = from(body);
      if (run) return { run, isPromised };
    }
    return null;
  }

  /** Returns a function that is true once the process stops or the job's turn is over. */
  #untilTurnEnds(loop: LoopState): () => boolean {
    const { clock } = this.#deps;
    const until = clock.monotonic() + TURN_MS;
    return () => loop.stopped || clock.monotonic() >= until;
  }

  async #handle(body: DurableEvent): Promise<'done'> {
    const where = originOf(body);
    if (where) await this.#work.events[body.event.type](where, body);
    return 'done';
  }
}

/** Copies a JSON value, and empties objects and arrays nested deeper than `levels`. */
function limitDepth(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return Array.isArray(value) ? [] : {};
  if (Array.isArray(value)) return value.map((one) => limitDepth(one, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, limitDepth(one, levels - 1)]));
}

/** Returns the event's tenant: the organisation for an org-wide installation, else the workspace. */
function originOf(body: DurableEvent): EventOrigin | null {
  const [authorization] = body.authorizations ?? [];
  const from = authorization ?? body;
  const enterprise = from.enterprise_id ?? body.enterprise_id;
  const team = from.team_id ?? body.team_id;
  // Without a workspace id, the event belongs to the whole organisation.
  const tenant = from.is_enterprise_install ? enterprise : (team ?? enterprise);
  if (!tenant) return null;
  return { tenant, workspace: team ?? tenant, botUser: authorization?.user_id ?? null };
}
