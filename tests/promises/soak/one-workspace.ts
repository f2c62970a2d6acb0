import { VOTE_ACTIONS } from '../../../src/features/vote/message.ts';
import { command, submit } from '../../support/payloads.ts';
import { type Bot, type BotOptions, startBot } from './bot.ts';
import { SIGNING_SECRET } from './many-workspaces.ts';
import { type Card, cardIn, comingFrom, pressOn } from './people.ts';
import { senderTo } from './sender.ts';
import { type Slack, startSlack } from './slack.ts';
import type { Stage } from './stage.ts';

/** How a vote ended for the person. */
export type Voted =
  /** Acknowledged, and nothing went wrong as far as they were told. */
  | 'recorded'
  /** They were told, by the bot or by Slack, that it went wrong. */
  | 'failed';

/** A bot of one workspace with a card that people vote on while something is wrong with its database. */
export interface VotingBot {
  readonly bot: Bot;
  readonly slack: Slack;
  readonly card: Card;
  /** Of everybody who has voted. */
  readonly votes: ReadonlyMap<string, Voted>;
  /** So many people who have not voted yet, all at once. */
  vote(count: number): Promise<Record<Voted, number>>;
  /** Resolves to whether the dialog was asked for. */
  typesCommand(): Promise<boolean>;
  /** What a new dialog is answered with when it is submitted; null where it was not answered. */
  submits(): Promise<string | null>;
  /** As the card says. */
  shownVotes(): number;
}

const SOMETHING_WRONG = 'I ran into an error';

export async function startVotingBot(
  stage: Stage,
  database: string,
  options: BotOptions = {},
): Promise<VotingBot> {
  const slack = await startSlack();
  stage.atEnd(() => slack.close());
  const bot = await startBot(
    {
      SLACK_BOT_TOKEN: 'xoxb-T1',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: database,
    },
    options,
  );
  stage.atEnd(() => bot.stop('SIGKILL'));
  const sender = senderTo(bot.port, 64);
  stage.atEnd(() => sender.close());
  const cards: Card[] = [];
  const told = new Set<string>();
  const dialogs = new Set<string>();
  let shown = 0;
  slack.onCall = (call) => {
    const card = cardIn(call);
    if (card) cards.push(card);
    const { method, args } = call;
    if (method === 'reply' && args.text?.includes(SOMETHING_WRONG)) told.add(args.id ?? '');
    if (method === 'views.open') dialogs.add(args.trigger_id ?? '');
    if (method === 'chat.update') shown = votesIn(args.text ?? '');
  };
  const votes = new Map<string, Voted>();
  let submitted = 0;
  const submits = (): Promise<string | null> => {
    submitted += 1;
    return sender.send(
      comingFrom(
        'T1',
        submit({ viewId: `V${submitted}`, answers: { stage: 'mvp' } }),
        slack.replyUrl('asker'),
      ),
    );
  };
  await submits();
  const [card] = cards;
  if (!card) throw new Error('no card was posted');
  return {
    bot,
    slack,
    card,
    votes,
    submits,
    shownVotes: () => shown,
    vote: async (count) => {
      const counts = { recorded: 0, failed: 0 };
      const first = votes.size;
      const people = Array.from({ length: count }, (_, i) => `UV${first + i}`);
      for (const person of people) votes.set(person, 'failed');
      await Promise.all(
        people.map(async (person) => {
          const press = pressOn(card, VOTE_ACTIONS.flask, person);
          const answer = await sender.send(comingFrom('T1', press, slack.replyUrl(person)));
          // The sentence comes before the acknowledgement.
          const how = answer !== null && !told.has(person) ? 'recorded' : 'failed';
          votes.set(person, how);
          counts[how] += 1;
        }),
      );
      return counts;
    },
    typesCommand: async () => {
      const trigger = slack.trigger(`c${dialogs.size}`);
      await sender.send(command('', { trigger_id: trigger, response_url: slack.replyUrl('typist') }));
      for (let i = 0; i < 60 && !dialogs.has(trigger); i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return dialogs.has(trigger);
    },
  };
}

/** All of them are for Flask. */
function votesIn(text: string): number {
  return Number(/Flask (\d+):/.exec(text)?.[1] ?? 0);
}
