/** What people do before each picture. Uses ids only, because the texts change more often. */
import type { Person } from '../../packages/local-slack/people/person.ts';
import type { LocalSlack } from '../../packages/local-slack/server/slack-server.ts';
import type { Message } from '../../packages/local-slack/state/messages.ts';
import { ACTIONS, COMMAND, FIELDS } from '../../src/blocks/ids.ts';
import { EXAMPLE_ANSWERS } from '../../src/installs/pages/example-card.ts';

export const PROJECT = 'Billing portal';
const CHANNEL = 'C0WEB';
/** Time without a call of the bot after which everything is on the page. */
const QUIET_MS = 700;

type Answers = Readonly<Record<string, string>>;

export interface Story {
  play(slack: LocalSlack): Promise<void>;
  /** The part of the page in the picture. */
  readonly shows: 'card' | 'dialog';
}

/** Each story, by its picture's name. */
export const STORIES: Readonly<Record<string, Story>> = {
  dialog: { play: openDialog, shows: 'dialog' },
  'card-open': { play: (slack) => ask(slack, EXAMPLE_ANSWERS), shows: 'card' },
  'card-disagreeing': { play: disagree, shows: 'card' },
  'card-decided': { play: decide, shows: 'card' },
};

async function openDialog(slack: LocalSlack): Promise<void> {
  const ana = slack.as('U0ANA');
  await ana.command(COMMAND, PROJECT, { channel: CHANNEL });
  await dialogOf(slack, ana);
}

async function ask(slack: LocalSlack, answers: Answers): Promise<void> {
  await openDialog(slack);
  await submitAnswers(slack, slack.as('U0ANA'), answers);
  await slack.until(() => slack.messages(CHANNEL).length > 0);
  await settle(slack);
}

async function disagree(slack: LocalSlack): Promise<void> {
  await ask(slack, { size: 'grow', shape: 'one_product', admin: 'yes', security: 'high', team: 'stable' });
  await addAnswers(slack, slack.as('U0BEN'), {
    size: 'simple',
    shape: 'single_service',
    admin: 'no',
    security: 'high',
    team: 'stable',
  });
  await addAnswers(slack, slack.as('U0CLEO'), {
    size: 'grow',
    shape: 'single_service',
    admin: 'maybe',
    security: 'high',
    team: 'stable',
  });
  await vote(slack, slack.as('U0CLEO'), ACTIONS.voteDjango, 'We know its admin.');
  await vote(slack, slack.as('U0BEN'), ACTIONS.voteFlask, 'It’s a thin layer over Stripe.');
  await settle(slack);
}

async function decide(slack: LocalSlack): Promise<void> {
  const ana = slack.as('U0ANA');
  await ask(slack, EXAMPLE_ANSWERS);
  await vote(slack, ana, ACTIONS.voteDjango, 'Staff will want screens by spring.');
  await vote(slack, slack.as('U0CLEO'), ACTIONS.voteDjango, 'We know its admin.');
  await vote(slack, slack.as('U0BEN'), ACTIONS.voteFlask, 'It’s a thin layer over Stripe.');
  await ana.click(card(slack), ACTIONS.decide);
  await dialogOf(slack, ana);
  await ana.submit({
    [FIELDS.outcome.block]: 'flask',
    [FIELDS.rationale.block]:
      'Ben is right: this is a thin service in front of Stripe. Finance keeps its own back office.',
  });
  await settle(slack);
}

function card(slack: LocalSlack): Message {
  const [first] = slack.messages(CHANNEL);
  if (first === undefined) throw new Error('the card is missing');
  return first;
}

async function addAnswers(slack: LocalSlack, person: Person, answers: Answers): Promise<void> {
  await person.click(card(slack), ACTIONS.addAnswers);
  await dialogOf(slack, person);
  await submitAnswers(slack, person, answers);
  await settle(slack);
}

/** Shows all questions first if the dialog starts with some of them. */
async function submitAnswers(slack: LocalSlack, person: Person, answers: Answers): Promise<void> {
  const hasAll = (): boolean =>
    Object.keys(answers).every((id) => person.view().blocks.some(({ block_id }) => block_id === id));
  if (!hasAll()) {
    await person.clickInView(ACTIONS.moreQuestions);
    await slack.until(hasAll);
  }
  await person.submit(answers);
}

async function vote(slack: LocalSlack, person: Person, action: string, reason: string): Promise<void> {
  await person.click(card(slack), action);
  const reply = await slack.until(() =>
    slack
      .ephemerals(person.id)
      .findLast(({ blocks }) => JSON.stringify(blocks).includes(`"${ACTIONS.addReason}"`)),
  );
  await person.click(reply, ACTIONS.addReason);
  await dialogOf(slack, person);
  await person.submit({ [FIELDS.reason.block]: reason });
  await settle(slack);
}

async function dialogOf(slack: LocalSlack, person: Person): Promise<void> {
  await slack.until(() => person.views().length > 0);
}

/** Resolves when the bot has made no call for a while. */
async function settle(slack: LocalSlack): Promise<void> {
  for (let before = -1; before !== slack.calls.length; ) {
    before = slack.calls.length;
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}
