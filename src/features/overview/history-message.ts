import type { KnownBlock } from '@slack/types';
import { ACTIONS } from '../../blocks/ids.ts';
import { cardCheckButtons, type Message, postAgainButton } from '../../blocks/message.ts';
import { encodeHistoryPage, type HistoryPage } from '../../blocks/metadata.ts';
import { formatAsker } from '../../blocks/people.ts';
import { formatDate, plain, quoteText, section } from '../../blocks/text.ts';
import { verdictName, verdictWithStrength } from '../../blocks/wording.ts';
import { visibleAdvice } from '../../decision/discussion.ts';
import type { ListedDecision, PostState } from '../../decision/post.ts';
import type { Store } from '../../store/store.ts';

const HISTORY_PAGE_SIZE = 5;

/** Loads and renders one page of a channel's decisions. */
export async function loadHistory(
  { decisions }: Pick<Store, 'decisions'>,
  { tenant, channel, viewer }: { readonly tenant: string; readonly channel: string; readonly viewer: string },
  page: HistoryPage,
): Promise<Message> {
  const range = { ...page, viewer, limit: HISTORY_PAGE_SIZE + 1 };
  return historyMessage(await decisions.listInChannel(tenant, channel, range), page, viewer);
}

/**
 * Renders one page of a channel's decisions. Send it to the viewer only.
 *
 * @param found up to `HISTORY_PAGE_SIZE` + 1 decisions; the extra one shows that an older page exists
 */
export function historyMessage(found: readonly ListedDecision[], page: HistoryPage, viewer: string): Message {
  const rows = found.slice(0, HISTORY_PAGE_SIZE);
  const title =
    page.words.length > 0
      ? `Cards in this channel about “${quoteText(page.words.join(' '))}”`
      : 'Cards in this channel';
  if (rows.length === 0) {
    const none =
      page.words.length > 0
        ? `No cards in this channel match “${quoteText(page.words.join(' '))}”. Type the command with \`history\` alone to see all.`
        : 'No cards in this channel yet. Type the command with a project’s name to post the first.';
    return { text: none, blocks: [section(none)] };
  }
  const lines = rows.map((row) => describeRow(row, viewer));
  return {
    text: [`${title}, newest first:`, ...lines].join('\n'),
    blocks: [
      section(`*${title}*, newest first`),
      ...rows.flatMap((row, i) => rowBlocks(row, lines[i] ?? '', viewer)),
      ...pageButtons(page, found.length > HISTORY_PAGE_SIZE),
    ],
  };
}

/** Returns "Billing portal → Django · you asked · today". */
function describeRow(row: ListedDecision, viewer: string): string {
  const { decision, card } = row;
  const asked = decision.asker === viewer ? 'you asked' : `${formatAsker(decision)} asked`;
  const note = CARD_STATE_NOTES[card.state];
  const facts = [asked, formatDayAsked(row), ...(note === null ? [] : [note])];
  return `${linkProjectName(row)}${describeStatus(row)} · ${facts.join(' · ')}`;
}

/** Returns the outcome, or the advice while the decision is open. */
function describeStatus(row: ListedDecision): string {
  const { decision, record } = row;
  if (decision.status === 'open' || record === null) {
    return ` · open (${verdictWithStrength(visibleAdvice(row), { leaning: true })})`;
  }
  return ` → ${verdictName(record.outcome)}${decision.status === 'superseded' ? ' (replaced)' : ''}`;
}

/** Notes on a card's state for lists; null for a posted card. */
export const CARD_STATE_NOTES: Readonly<Record<PostState, string | null>> = {
  wanted: 'card on its way',
  sent: 'card on its way',
  posted: null,
  refused: 'card not posted',
  unknown: 'card may be missing',
  dropped: 'card not posted',
  unwanted: 'card being deleted',
};

function rowBlocks({ card, decision }: ListedDecision, text: string, viewer: string): KnownBlock[] {
  if (decision.asker !== viewer) return [section(text)];
  if (card.state === 'refused') return [section(text), postAgainButton(decision.id)];
  if (card.state === 'unknown') return [section(text), cardCheckButtons(decision.id)];
  return [section(text)];
}

function pageButtons(page: HistoryPage, more: boolean): KnownBlock[] {
  const button = (text: string, offset: number, actionId: string) => ({
    type: 'button' as const,
    action_id: actionId,
    text: plain(text),
    value: encodeHistoryPage({ ...page, offset }),
  });
  const buttons = [
    ...(page.offset > 0
      ? [button('Newer', Math.max(0, page.offset - HISTORY_PAGE_SIZE), ACTIONS.historyNewer)]
      : []),
    ...(more ? [button('Older', page.offset + HISTORY_PAGE_SIZE, ACTIONS.historyOlder)] : []),
  ];
  return buttons.length > 0 ? [{ type: 'actions', elements: buttons }] : [];
}

/** Returns the project's name, linked to its card if the bot knows the permalink. */
export function linkProjectName({ decision, card }: ListedDecision): string {
  const name = quoteText(decision.project);
  return card.permalink ? `<${card.permalink}|${name}>` : name;
}

export function formatDayAsked({ decision }: ListedDecision): string {
  return formatDate(decision.createdAt, '{date_short_pretty}');
}
