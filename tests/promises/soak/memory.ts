import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ACTIONS, CARD_MENU } from '../../../src/blocks/ids.ts';
import { CHOICES } from '../../../src/decision/ballot.ts';
import { VOTE_ACTIONS } from '../../../src/features/vote/message.ts';
import * as payloads from '../../support/payloads.ts';
import { type Memory, startBot } from './bot.ts';
import { manyWorkspaces } from './many-workspaces.ts';
import { type Card, cardIn, comingFrom, type Payload, pressOn } from './people.ts';
import type { Outcome, Scenario } from './scenario.ts';
import { type Sender, senderTo } from './sender.ts';
import { type Slack, startSlack } from './slack.ts';
import { onStage, type Stage } from './stage.ts';

export interface MemorySize {
  readonly workspaces: number;
  readonly interactions: number;
  /** Before the first look: code is compiled, caches fill. */
  readonly warmUp: number;
  /** At how many moments memory is looked at, the end included. */
  readonly looks: number;
  /** Whether growth counts: a short one proves only that all of it is played. */
  readonly judged: boolean;
}

/** From the first look to the last. */
const MOST_GROWTH = 0.05;
const AT_ONCE = 16;
const VOTERS = 8;
const DIALOG_WITHIN_MS = 20_000;

/** What people do in an hour or more, as fast as it goes: nothing of it is to stay in memory. */
export function memory(size: MemorySize): Scenario {
  return { name: 'memory', run: () => onStage((stage) => run(stage, size)) };
}

async function run(stage: Stage, size: MemorySize): Promise<Outcome> {
  const slack = await startSlack();
  stage.atEnd(() => slack.close());
  const teams = Array.from({ length: size.workspaces }, (_, i) => `TMEM${i}`);
  const env = await manyWorkspaces(join(stage.folder, 'bot.db'), slack.apiUrl, teams);
  const bot = await startBot(env, { probe: true });
  stage.atEnd(() => bot.stop('SIGKILL'));
  const sender = senderTo(bot.port, AT_ONCE);
  stage.atEnd(() => sender.close());
  const crowd = new Crowd(slack, sender);

  let decisions = 0;
  const playUntil = async (interactions: number): Promise<void> => {
    const lanes = Array.from({ length: AT_ONCE }, async () => {
      while (crowd.interactions < interactions && bot.ended() === null) {
        decisions += 1;
        await crowd.decideTogether(teams[decisions % teams.length] ?? '', decisions);
      }
    });
    await Promise.all(lanes);
    await crowd.quiet();
  };
  const looks: Memory[] = [];
  await playUntil(size.warmUp);
  for (let i = 0; i < size.looks; i += 1) {
    if (i > 0) await playUntil(size.warmUp + (i * (size.interactions - size.warmUp)) / (size.looks - 1));
    looks.push(await bot.memory());
  }
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) throw new Error('nobody looked');
  const growth = (of: (look: Memory) => number): number => (of(last) - of(first)) / of(first);
  const [heapGrowth, threadHeapGrowth] = [growth(({ heap }) => heap), growth(({ threadHeap }) => threadHeap)];
  const figures = {
    interactions: crowd.interactions,
    decisions,
    notAnswered: crowd.notAnswered.length,
    heapMb: last.heap,
    heapGrowthPercent: 100 * heapGrowth,
    threadHeapMb: last.threadHeap,
    threadHeapGrowthPercent: 100 * threadHeapGrowth,
    rssFirstMb: first.rss,
    rssMb: last.rss,
  };
  const broken = [
    [bot.ended() !== null, `the bot ended (${bot.ended()})`],
    [
      crowd.notAnswered.length > 0,
      `not answered as it should be: ${crowd.notAnswered.slice(0, 5).join('; ')}`,
    ],
    [
      size.judged && heapGrowth > MOST_GROWTH,
      `the heap grows: ${looks.map(({ heap }) => heap.toFixed(1))} MB`,
    ],
    [
      size.judged && threadHeapGrowth > MOST_GROWTH,
      `the heap of the database’s thread grows: ${looks.map(({ threadHeap }) => threadHeap.toFixed(1))} MB`,
    ],
    [bot.errors().length > 0, `errors in the log: ${JSON.stringify(bot.errors()[0])}`],
  ] as const;
  return { figures, broken: broken.flatMap(([is, words]) => (is ? [words] : [])) };
}

/** People who use everything that there is to use, in whatever workspace. */
class Crowd {
  interactions = 0;
  /** What was not acknowledged, or not as it should be. */
  readonly notAnswered: string[] = [];
  readonly #slack: Slack;
  readonly #sender: Sender;
  readonly #cards = new Map<string, (card: Card) => void>();
  readonly #dialogs = new Map<string, (view: unknown) => void>();
  #heardAt = performance.now();

  constructor(slack: Slack, sender: Sender) {
    this.#slack = slack;
    this.#sender = sender;
    slack.onCall = (call) => {
      this.#heardAt = call.at;
      const card = cardIn(call);
      if (card) this.#cards.get(card.channel)?.(card);
      if (call.method === 'views.open') {
        this.#dialogs.get(call.args.trigger_id?.split('-')[0] ?? '')?.(JSON.parse(call.args.view ?? 'null'));
      }
    };
  }

  /** One decision from the command to its deletion. */
  async decideTogether(team: string, n: number): Promise<void> {
    const channel = `C${n}`;
    const send = (payload: object): Promise<string> => this.#send(team, payload);
    const dialog = (payload: object): Promise<unknown> => this.#dialog(team, payload);
    await dialog(payloads.command(`Project ${n}`, { channel_id: channel }));
    await send(payloads.pressInDialog(ACTIONS.moreQuestions, { viewId: `V${n}`, channel }));
    const posted = this.#arrives(this.#cards, channel);
    await send(
      payloads.submit({ viewId: `V${n}`, channel, project: `Project ${n}`, answers: { stage: 'mvp' } }),
    );
    const card = await posted;
    if (card === null) return void this.notAnswered.push('no card');
    const on = (action: string, user: string, option?: string): Payload =>
      pressOn(card, action, user, option);

    for (let i = 0; i < VOTERS; i += 1) {
      await send(on(VOTE_ACTIONS[CHOICES[(i + n) % CHOICES.length] ?? 'both'], `UV${i}`));
    }
    const reason = await dialog(on(ACTIONS.addReason, 'UV0'));
    await send(payloads.submitReason(reason, `Because of ${n}`, 'UV0'));
    await send(on('withdraw_vote', 'UV1'));
    for (const user of ['UV2', 'UV3']) {
      const answers = await dialog(on(ACTIONS.addAnswers, user));
      await send(payloads.submitAnswers(answers, { size: 'grow', admin: 'yes' }, user));
    }
    await dialog(on(ACTIONS.whoVoted, 'UV4'));
    await dialog(on(ACTIONS.cardMenu, 'UV4', CARD_MENU.reasons));
    const ts = `${1_795_424_500 + n}.000001`;
    await send(payloads.mention(undefined, { channel, ts, event_ts: ts }, { event_id: `Em${n}` }));
    await send({ ...payloads.homeOpened({ user: `UV${n % 50}` }), event_id: `Eh${n}` });
    for (let round = 0; round < 2; round += 1) {
      const decide = await dialog(on(ACTIONS.decide, 'U1'));
      await send(payloads.submitDialog(decide, DECIDED));
      if (round === 0) await send(on(ACTIONS.cardMenu, 'U1', CARD_MENU.reopen));
    }
    await send(payloads.command('history', { channel_id: channel }));
    await send(payloads.command('help'));
    const deletion = await dialog(on(ACTIONS.cardMenu, 'U1', CARD_MENU.delete));
    await send(payloads.submitDialog(deletion, {}));
  }

  /** Resolves when the bot has not called Slack for a while, or goes on for very long: then it works off a queue. */
  async quiet(): Promise<void> {
    for (let i = 0; i < 100 && performance.now() - this.#heardAt < 500; i += 1) await pause(100);
  }

  async #send(team: string, payload: object): Promise<string> {
    this.interactions += 1;
    const answer = await this.#sender.send(comingFrom(team, payload, this.#slack.replyUrl('r')));
    if (answer === null || answer.includes('I ran into an error') || answer.includes('"errors"')) {
      this.notAnswered.push(`${JSON.stringify(payload).slice(0, 300)}: ${answer}`);
    }
    return answer ?? '';
  }

  /** The dialog that opens. */
  async #dialog(team: string, payload: object): Promise<unknown> {
    const id = `d${this.interactions}`;
    const opens = this.#arrives(this.#dialogs, id);
    await this.#send(team, { ...payload, trigger_id: this.#slack.trigger(id) });
    const view = await opens;
    if (view === null) this.notAnswered.push(`no dialog: ${JSON.stringify(payload).slice(0, 300)}`);
    return view;
  }

  #arrives<T>(where: Map<string, (what: T) => void>, id: string): Promise<T | null> {
    const { promise, resolve } = Promise.withResolvers<T | null>();
    const late = setTimeout(() => resolve(null), DIALOG_WITHIN_MS);
    where.set(id, resolve);
    return promise.finally(() => {
      clearTimeout(late);
      where.delete(id);
    });
  }
}

const DECIDED = {
  outcome: { choice: { type: 'radio_buttons', selected_option: { value: 'django' } } },
  rationale: { text: { type: 'plain_text_input', value: 'The admin is half of it.' } },
  revisit: { date: { type: 'datepicker', selected_date: null } },
};
