import type { Person } from '../../../../packages/local-slack/people/person.ts';
import type { DeliveryResult } from '../../../../packages/local-slack/state/record.ts';
import { COMMAND, SHORTCUTS, STEP } from '../../../../src/blocks/ids.ts';
import { isAnswer } from '../use-cases.ts';
import type { Scene } from './scene.ts';

/** Something that somebody does in Slack while the process may die, or that time does. */
export interface UseCase {
  readonly name: string;
  /** The bot is not in the channel. */
  readonly outside?: true;
  /** What was done before; nobody dies there. */
  prepare(scene: Scene): Promise<void>;
  /** Does it, and does it again where the process has died. What the person has heard. */
  play(scene: Scene): Promise<DeliveryResult | null>;
  /** In place of `play`: the process is started so much later, and does what is due then. */
  readonly afterMs?: number;
  /** Has the person got what they wanted to see? Unless told, what was acknowledged and not refused counts. */
  seen?(scene: Scene): boolean;
  /** Whoever does it again wants it once more. */
  readonly asksAnew?: true;
}

const DAY_MS = 86_400_000;
const ANSWERS = { stage: 'mvp', admin: 'yes', size: 'grow' };

/** Opens a dialog and waits until it is there. */
async function opened(scene: Scene, person: Person, open: () => Promise<unknown>): Promise<void> {
  const before = person.views().at(-1)?.id;
  await open();
  await scene.slack.until(() => person.views().at(-1)?.id !== before && person.views().length > 0);
}

const ask = (scene: Scene): Promise<DeliveryResult> =>
  scene.asker.command(COMMAND, 'Billing portal', { channel: scene.channel });
const dialog = (scene: Scene): Promise<void> => opened(scene, scene.asker, () => ask(scene));

async function withCard(scene: Scene, more: Record<string, number> = {}): Promise<void> {
  await dialog(scene);
  await scene.asker.submit({ ...ANSWERS, ...more });
  await scene.settled();
}

async function voted(scene: Scene): Promise<void> {
  await withCard(scene);
  await scene.other.click(scene.card(), 'vote_django');
  await scene.settled();
}

const day = (scene: Scene, days: number): string =>
  new Date(scene.stage.now() + days * DAY_MS).toISOString().slice(0, 10);
const decide = (scene: Scene, revisit: string | null) =>
  scene.asker.submit({ outcome: 'django', rationale: 'We know it.', revisit });

async function withRecord(scene: Scene): Promise<void> {
  await voted(scene);
  await opened(scene, scene.asker, () => scene.asker.click(scene.card(), 'decide'));
  await decide(scene, day(scene, 3));
  await scene.settled();
}

/** So that what is due then is done. */
async function restartedAfter(scene: Scene, ms: number): Promise<void> {
  await scene.stage.kill();
  scene.stage.later(ms);
  await scene.stage.start();
  await scene.settled();
}

async function reminded(scene: Scene): Promise<void> {
  await withRecord(scene);
  await restartedAfter(scene, 4 * DAY_MS);
}

const reminderOf = (scene: Scene) => {
  const found = scene.slack
    .thread(scene.channel, scene.card().ts)
    .findLast(({ blocks }) => JSON.stringify(blocks).includes('"snooze"'));
  if (!found) throw new Error('nobody was reminded');
  return found;
};

const menu = (scene: Scene, option: string): Promise<DeliveryResult> =>
  scene.asker.click(scene.card(), 'card_menu', { value: option });
const menuOpened = (scene: Scene, option: string): Promise<void> =>
  opened(scene, scene.asker, () => menu(scene, option));

const views = (person: Person): boolean => person.views().length > 0;

async function askedAgain(scene: Scene): Promise<void> {
  await withRecord(scene);
  await menuOpened(scene, 'supersede');
}

export const USE_CASES: readonly UseCase[] = [
  { name: 'command', prepare: async () => {}, play: ask, seen: ({ asker }) => views(asker) },
  { name: 'submit', prepare: dialog, play: ({ asker }) => asker.submit(ANSWERS) },
  { name: 'submit-and-join', outside: true, prepare: dialog, play: ({ asker }) => asker.submit(ANSWERS) },
  {
    name: 'shortcut',
    prepare: async (scene) => {
      const { message } = await scene.asker.say('Which framework?', { channel: scene.channel });
      await opened(scene, scene.asker, () => scene.asker.shortcut(SHORTCUTS.djangoOrFlask, message));
    },
    play: ({ asker }) => asker.submit({ ...ANSWERS, project: 'Billing portal' }),
  },
  { name: 'vote', prepare: withCard, play: (scene) => scene.other.click(scene.card(), 'vote_django') },
  { name: 'change-vote', prepare: voted, play: (scene) => scene.other.click(scene.card(), 'vote_flask') },
  {
    name: 'withdraw',
    prepare: voted,
    play: (scene) =>
      scene.other.click(scene.whisperWith(scene.other, 'withdraw_vote'), 'withdraw_vote', { stale: true }),
  },
  {
    name: 'reason',
    prepare: async (scene) => {
      await voted(scene);
      const whisper = scene.whisperWith(scene.other, 'add_reason');
      await opened(scene, scene.other, () => scene.other.click(whisper, 'add_reason'));
    },
    play: ({ other }) => other.submit({ reason: 'its admin' }),
  },
  {
    name: 'own-answers',
    prepare: async (scene) => {
      await withCard(scene);
      await opened(scene, scene.other, () => scene.other.click(scene.card(), 'add_answers'));
    },
    play: ({ other }) => other.submit({ size: 'large', admin: 'no' }),
  },
  {
    name: 'question',
    prepare: withCard,
    play: async (scene) => {
      const at = { channel: scene.channel, threadTs: scene.card().ts };
      return (await scene.asker.say('<@U0BOT> what about security?', at)).delivered;
    },
    seen: (scene) =>
      scene.slack
        .thread(scene.channel, scene.card().ts)
        .some((message) => message.botId !== undefined && isAnswer(message)),
    asksAnew: true,
  },
  {
    name: 'decide',
    prepare: async (scene) => {
      await voted(scene);
      await opened(scene, scene.asker, () => scene.asker.click(scene.card(), 'decide'));
    },
    play: (scene) => decide(scene, day(scene, 3)),
  },
  { name: 'remind', prepare: withRecord, play: async () => null, afterMs: 4 * DAY_MS },
  {
    name: 'remind-of-deadline',
    prepare: (scene) => withCard(scene, { deadline: Math.floor((scene.stage.now() + 2 * DAY_MS) / 1_000) }),
    play: async () => null,
    afterMs: 1.5 * DAY_MS,
  },
  {
    name: 'remind-that-deadline-is-reached',
    prepare: async (scene) => {
      await withCard(scene, { deadline: Math.floor((scene.stage.now() + 2 * DAY_MS) / 1_000) });
      await restartedAfter(scene, 1.5 * DAY_MS);
    },
    play: async () => null,
    afterMs: DAY_MS,
  },
  { name: 'snooze', prepare: reminded, play: (scene) => scene.asker.click(reminderOf(scene), 'snooze') },
  {
    name: 'check-again',
    prepare: async (scene) => {
      await reminded(scene);
      await opened(scene, scene.asker, () => scene.asker.click(reminderOf(scene), 'revisit_check'));
    },
    play: ({ asker }) => asker.submit(),
  },
  {
    name: 'export',
    prepare: withRecord,
    play: (scene) => menu(scene, 'export'),
    asksAnew: true,
  },
  {
    name: 'reopen',
    prepare: withRecord,
    play: (scene) => menu(scene, 'reopen'),
    // Once it is open, the menu offers nothing to press again.
    seen: (scene) => !JSON.stringify(scene.card().blocks).includes('"reopen"'),
  },
  { name: 'ask-again', prepare: askedAgain, play: ({ asker }) => asker.submit({}) },
  {
    name: 'supersede',
    prepare: async (scene) => {
      await askedAgain(scene);
      await scene.asker.submit({});
      await scene.settled();
      await opened(scene, scene.asker, () => scene.asker.click(scene.card(), 'decide'));
    },
    play: (scene) => decide(scene, null),
  },
  {
    name: 'edit',
    prepare: async (scene) => {
      await voted(scene);
      await menuOpened(scene, 'edit');
    },
    play: ({ asker }) => asker.submit({ size: 'large', tech: 'custom' }),
  },
  {
    name: 'delete',
    prepare: async (scene) => {
      await withRecord(scene);
      await menuOpened(scene, 'delete');
    },
    play: ({ asker }) => asker.submit({}),
  },
  {
    name: 'vote-seen-at-home',
    prepare: async (scene) => {
      await withCard(scene);
      await scene.other.openHome();
      await scene.settled();
    },
    play: (scene) => scene.other.click(scene.card(), 'vote_both'),
  },
  {
    name: 'forget-me',
    prepare: async (scene) => {
      await voted(scene);
      await scene.other.command(COMMAND, 'privacy', { channel: scene.channel });
    },
    play: async (scene) => {
      const whisper = scene.whisperWith(scene.other, 'forget_me');
      await scene.other.click(whisper, 'forget_me', { stale: true });
      return scene.other.submit({});
    },
  },
  {
    name: 'step',
    prepare: async () => {},
    play: async (scene) => {
      const run = scene.slack.executions.find(({ step }) => step.inputs.channel === scene.channel);
      if (run) return again(scene);
      const inputs = { project: 'Billing portal', channel: scene.channel, asker: scene.asker.id, ...ANSWERS };
      return (await scene.slack.runStep({ callbackId: STEP.callback, inputs })).delivered;
    },
  },
];

/** Slack sends the event that was not acknowledged once more. */
async function again({ slack }: Scene): Promise<DeliveryResult> {
  const { event, event_id } = slack.deliveries.findLast(({ kind }) => kind === 'event')?.payload ?? {};
  if (!isEvent(event)) throw new Error('no event was sent');
  return slack.sendEvent(event, { eventId: String(event_id), retry: { num: 1, reason: 'http_timeout' } });
}

const isEvent = (event: unknown): event is { readonly type: string } =>
  typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
