// The dialog "Delete my data", before and after the deletion.
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { FIELDS, VIEWS } from '../../blocks/ids.ts';
import { titledList } from '../../blocks/rich-text.ts';
import { formatCount, mrkdwn, plain, section } from '../../blocks/text.ts';
import {
  countDataToForget,
  type ForgetCounts,
  hasAsked,
  hasNoData,
  type PersonData,
} from '../../decision/person-data.ts';
import { NOTHING_STORED } from './message.ts';

const TITLE = 'Delete my data';
/** Value of the checkbox's only option. */
const CARDS = 'cards';

/** The dialog that asks before anything is deleted. It has no submit button if nothing is stored. */
export function forgetModal(data: PersonData): ModalView {
  if (hasNoData(data)) return forgetView([section(NOTHING_STORED)]);
  const counts = countDataToForget(data);
  const { asked } = counts;
  const next = nextDeciders(counts);
  return {
    ...forgetView([
      listOf('What I’ll delete', deletedLines(data, counts)),
      listOf('What stays', keptLines(counts)),
      ...(next.length === 0 ? [] : [listOf('Who decides afterwards', next)]),
      ...(asked === 0 ? [] : [cardsInput(asked)]),
      { type: 'context', elements: [mrkdwn('This can’t be undone.')] },
    ]),
    callback_id: VIEWS.forgetMe,
    submit: plain('Delete'),
    close: plain('Cancel'),
  };
}

/**
 * The dialog that confirms the deletion.
 *
 * @param before the data before the deletion
 * @param cards true if the cards the person asked for were deleted too
 */
export function forgottenModal(before: PersonData, cards: boolean): ModalView {
  if (hasNoData(before)) return forgetView([section(NOTHING_STORED)]);
  const { asked } = countDataToForget(before);
  const left = cards
    ? { ...before, decisions: before.decisions.filter((one) => !hasAsked(one) || one.refused) }
    : before;
  const counts = countDataToForget(left);
  const removed =
    cards && asked > 0
      ? [`${formatCount(asked, 'card')} you asked for, with votes and answers. I’m removing the messages`]
      : [];
  return forgetView([
    listOf('What I deleted', [...deletedLines(left, counts), ...removed]),
    listOf('What stays', keptLines(counts)),
  ]);
}

/** The dialog shown if the deletion takes longer than Slack waits for a response. */
export function forgettingModal(): ModalView {
  return forgetView([
    section('There’s a lot to delete, so this takes a while. “Show my data” shows what’s left.'),
  ]);
}

function forgetView(blocks: KnownBlock[]): ModalView {
  return { type: 'modal', title: plain(TITLE), close: plain('Close'), blocks };
}

function listOf(title: string, lines: readonly string[]): KnownBlock {
  return titledList({ title, lines: lines.map((line) => [line]) });
}

function deletedLines(data: PersonData, { votes, reasons, answers, refused }: ForgetCounts): string[] {
  const why = reasons === 0 ? '' : ` and ${yours(reasons, 'reason')}`;
  const others = answers === 1 ? 'a card that another person' : `${answers} cards that other people`;
  return [
    ...(votes === 0 ? [] : [`Your ${yours(votes, 'vote')}${why}`]),
    ...(answers === 0 ? [] : [`Your answers on ${others} asked for`]),
    ...(refused === 0 ? [] : [`${formatCount(refused, 'card')} you asked for that Slack refused to post`]),
    ...(data.decisions.length === refused ? [] : ['Your name on cards and records, and as a decider']),
    ...(data.openedHome ? ['The note that you opened my Home tab'] : []),
    ...(data.installedApp ? ['Your name as the person who installed me'] : []),
    ...(data.waiting === 0 ? [] : ['Your requests, once I’ve processed them']),
  ];
}

/** Returns the noun as it follows "your": "vote", "2 votes". */
const yours = (count: number, noun: string): string => (count === 1 ? noun : formatCount(count, noun));

function keptLines({ asked, recorded }: ForgetCounts): string[] {
  return [
    ...(asked === 0
      ? []
      : [
          `${formatCount(asked, 'card')} you asked for: the answers stay, without your name. Workspace admins can delete ${asked === 1 ? 'it' : 'them'}`,
        ]),
    ...(recorded === 0
      ? []
      : [`${formatCount(recorded, 'decision')} you recorded: outcome and reason stay, without your name`]),
    'Messages and files in threads stay in Slack, unless their card is deleted',
  ];
}

function nextDeciders({ toAsker, toAdmins }: ForgetCounts): string[] {
  const only = (count: number): string => `On ${formatCount(count, 'card')} where you’re the only decider`;
  return [
    ...(toAsker === 0 ? [] : [`${only(toAsker)}: the person who asked`]),
    ...(toAdmins === 0 ? [] : [`${only(toAdmins)}: workspace admins`]),
  ];
}

function cardsInput(asked: number): InputBlock {
  return {
    type: 'input',
    block_id: FIELDS.forget.block,
    optional: true,
    label: plain('Cards you asked for'),
    element: {
      type: 'checkboxes',
      action_id: FIELDS.forget.action,
      options: [
        {
          value: CARDS,
          text: plain(asked === 1 ? 'Delete my card too' : `Delete my ${asked} cards too`),
          description: plain('With everyone’s votes and answers, and the bot’s messages'),
        },
      ],
    },
  };
}

const ticked = z
  .object({
    [FIELDS.forget.block]: z.object({
      [FIELDS.forget.action]: z.object({ selected_options: z.array(z.object({ value: z.literal(CARDS) })) }),
    }),
  })
  .transform((values) => (values.forget?.cards?.selected_options ?? []).length > 0)
  .catch(false);

/** Returns true if the person also wants to delete the cards they asked for. */
export function parseForgetDialog(values: unknown): boolean {
  return ticked.parse(values);
}
