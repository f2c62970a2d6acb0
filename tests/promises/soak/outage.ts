import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crowd } from '../../../bench/instances/crowd.ts';
import { startInstance } from '../../../bench/instances/instance.ts';
import type { Fault } from '../../../packages/local-slack/state/faults.ts';
import type { Message } from '../../../packages/local-slack/state/messages.ts';
import { ACTIONS } from '../../../src/blocks/ids.ts';
import { type LocalSlack, startSlack } from '../../support/local-slack.ts';
import type { Outcome, Scenario } from './scenario.ts';

const SIGNING_SECRET = 'outage-secret';
const CHANNELS = ['C0WEB', 'C0TEAM', 'C0SHARED'] as const;
/** Dialogs that are open when the outage begins: while it lasts no other can be opened. */
const DIALOGS = 30;
const FAILURES: readonly Fault[] = [
  { status: 503 },
  { drop: 'before' },
  { error: 'service_unavailable' },
  { error: 'internal_error' },
  { retryAfterSeconds: 5 },
];
/** More calls of one method than the bot makes. */
const CALLS = 5_000;
/** The Web API as far as the bot uses it; reply addresses are no part of it. */
const METHODS = [
  'auth.test',
  'views.open',
  'views.push',
  'views.publish',
  'chat.postMessage',
  'chat.postEphemeral',
  'chat.update',
  'chat.getPermalink',
] as const;
const DRAINS_WITHIN_MS = 90_000;

/**
 * Slack's Web API fails for a while under use: the bot as it ships, in real time, against a local Slack with Slack's
 * limits, for five real minutes. The tests let five minutes and an hour pass by a clock of their own.
 */
export const outage: Scenario = {
  name: 'outage',
  run: () => during(Number(process.env.SOAK_OUTAGE_SECONDS ?? 300) * 1_000),
};

async function during(forMs: number): Promise<Outcome> {
  const people = Array.from({ length: DIALOGS }, (_, n) => `U0P${n}`);
  const { channels, ...workspace } = crowd(people, CHANNELS[0]);
  const everywhere = {
    ...workspace,
    channels: channels.map((channel) =>
      CHANNELS.some((id) => id === channel.id)
        ? { ...channel, members: [...new Set([...channel.members, ...people])] }
        : channel,
    ),
  };
  const slack = await startSlack({ workspace: everywhere, rateLimits: true });
  const folder = mkdtempSync(join(tmpdir(), 'django-or-flask-outage-'));
  const bot = await startInstance({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: join(folder, 'bot.db'),
    HOST: '127.0.0.1',
    PORT: '0',
  });
  try {
    slack.sendTo({ url: `http://127.0.0.1:${bot.port}/slack/events`, signingSecret: SIGNING_SECRET });
    return await play(slack, people, forMs);
  } finally {
    await bot.kill('SIGTERM');
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(slack: LocalSlack, people: readonly string[], forMs: number): Promise<Outcome> {
  const target = await askFor(slack, 'U0ANA', 'Target', CHANNELS[0]);
  for (const [n, person] of people.entries()) {
    await openDialog(slack, person, `Project ${n}`, channelOf(n));
    await sleep(50);
  }

  const failures = Array.from({ length: CALLS }, (_, n) => FAILURES[n % FAILURES.length] ?? { status: 503 });
  for (const method of METHODS) slack.faults.plan(method, ...failures);
  const begun = Date.now();
  let [submitted, votes, commands, toldOfCommands] = [0, 0, 0, 0];
  const broken: string[] = [];
  for (let n = 0; Date.now() - begun < forMs; n += 1) {
    const tick = Date.now();
    const person = people[n % people.length] ?? 'U0ANA';
    if (n < people.length) {
      const { status, body } = await slack.as(person).submit({ stage: 'mvp', admin: 'yes' });
      if (status === 200 && body === undefined) submitted += 1;
      else broken.push(`a dialog was answered with ${status} ${JSON.stringify(body)}`);
    }
    const { status } = await slack.as(person).click(target, 'vote_flask');
    if (status === 200) votes = Math.min(people.length, votes + 1);
    const before = slack.ephemerals('U0BEN').length;
    commands += 1;
    await slack.as('U0BEN').command('/django-or-flask', `Other ${n}`, { channel: CHANNELS[0] });
    if (await isTold(slack, 'U0BEN', before)) toldOfCommands += 1;
    await sleep(Math.max(0, forMs / people.length - (Date.now() - tick)));
  }
  slack.faults.clear();

  const over = Date.now();
  const projects = people.map((_, n) => `Project ${n}`).slice(0, submitted);
  const asked = (): Set<string> =>
    new Set(
      people.flatMap((person, n) =>
        slack.ephemerals(person).some(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.postAgain))
          ? [`Project ${n}`]
          : [],
      ),
    );
  const cards = (): Message[] => CHANNELS.flatMap((channel) => slack.messages(channel));
  const isDone = (): boolean => {
    const waiting = projects.filter((project) => countOf(cards(), project) === 0 && !asked().has(project));
    const bare = cards().filter(({ channel, ts }) => slack.thread(channel, ts).length === 0);
    return waiting.length === 0 && bare.length === 0 && shown(slack, target).includes(`Flask ${votes}:`);
  };
  const backlog = projects.filter((project) => countOf(cards(), project) === 0).length;
  await slack.until(isDone, DRAINS_WITHIN_MS).catch(() => broken.push('not drained in time'));
  const seconds = (Date.now() - over) / 1_000;

  const lost = projects.filter((project) => countOf(cards(), project) === 0 && !asked().has(project));
  const twice = projects.filter((project) => countOf(cards(), project) > 1);
  const outOfOrder = CHANNELS.reduce(
    (sum, channel) => sum + inversions(numbersIn(slack.messages(channel))),
    0,
  );
  const tooMany = slack.calls.filter(
    ({ at, answer }) => at >= over && answer !== 'dropped' && answer?.status === 429,
  ).length;
  for (const project of lost) broken.push(`${project} is lost`);
  for (const project of twice) broken.push(`${project} is there twice`);
  if (outOfOrder > 0) broken.push(`${outOfOrder} cards came after later ones`);
  if (tooMany > 0) broken.push(`${tooMany} calls too many`);
  if (toldOfCommands < commands) broken.push(`${commands - toldOfCommands} commands went without a word`);
  return {
    figures: {
      'outage seconds': forMs / 1_000,
      'commands refused': commands,
      'people told so': toldOfCommands,
      'dialogs submitted': submitted,
      'cards waiting at the end': backlog,
      'askers asked whether it is there': asked().size,
      'seconds to drain': seconds,
      'calls too many': tooMany,
      'out of order': outOfOrder,
      lost: lost.length,
    },
    broken,
  };
}

const channelOf = (n: number): string => CHANNELS[n % CHANNELS.length] ?? CHANNELS[0];

async function openDialog(
  slack: LocalSlack,
  person: string,
  project: string,
  channel: string,
): Promise<void> {
  const somebody = slack.as(person);
  await somebody.command('/django-or-flask', project, { channel });
  await slack.until(() => somebody.views()[0]);
}

async function askFor(slack: LocalSlack, person: string, project: string, channel: string): Promise<Message> {
  await openDialog(slack, person, project, channel);
  await slack.as(person).submit({ stage: 'mvp', admin: 'yes' });
  return slack.until(() => slack.messages(channel).find(({ text }) => text.includes(project)));
}

/** The word comes by the reply address, some time after the command was acknowledged. */
async function isTold(slack: LocalSlack, person: string, before: number): Promise<boolean> {
  return slack.until(() => slack.ephemerals(person).length > before, 3_000).catch(() => false);
}

const shown = (slack: LocalSlack, { channel, ts }: Message): string =>
  slack.messages(channel).find((message) => message.ts === ts)?.text ?? '';

const countOf = (messages: readonly Message[], project: string): number =>
  messages.filter(({ text }) => new RegExp(`${project}(?!\\d)`).test(text)).length;

/** Which projects stand in a channel, by their numbers. */
const numbersIn = (messages: readonly Message[]): number[] =>
  messages.flatMap(({ text }) => {
    const number = /Project (\d+)/.exec(text)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

/** How many came after one that was asked for later. */
const inversions = (numbers: readonly number[]): number =>
  numbers.filter((number, i) => numbers.slice(0, i).some((earlier) => earlier > number)).length;
