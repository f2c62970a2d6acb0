import { loadRubric } from '../../../src/advice/rubric/rubric.ts';
import { cardMessage } from '../../../src/features/card/message.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Message, Whisper } from './ledger.ts';

const rubric = loadRubric();

/** The bot seen from outside: what its database holds, and what stands in Slack. */
export interface Outside {
  readonly store: Pick<Store, 'discussions' | 'posts' | 'cardUpdates'>;
  /** In the order in which they were asked for. */
  decisions(): readonly Row[];
  /** How many workspaces have left. */
  departures(): number;
  /** Who has installed the app by OAuth. */
  installed(): readonly string[];
  readonly seen: Seen;
}

/** What people see in Slack. */
export interface Seen {
  readonly messages: readonly Message[];
  readonly whispers: readonly Whisper[];
  /** Steps of workflows that have ended. */
  readonly completions: readonly string[];
}

export interface Row {
  readonly tenant: string;
  readonly id: string;
  readonly status: string;
}

/** What people have said and decided, as the database has it, without what differs from one run to the next. */
export async function facts(outside: Outside): Promise<string> {
  const found = [];
  for (const { tenant, id, status } of outside.decisions()) {
    const discussion = await outside.store.discussions.get({ tenant, decision: id });
    found.push({ status, discussion });
  }
  const [left, installed] = [outside.departures(), outside.installed()];
  return JSON.stringify({ found, left, installed }, (key, value: unknown) =>
    INCIDENTAL.has(key) ? undefined : value,
  );
}

const INCIDENTAL = new Set(['id', 'at', 'createdAt', 'supersedes', 'permalink', 'basis']);

const ASKED = 'Slack didn’t confirm that it posted the card';
const STUCK = 'I can’t update';

/** What does not hold now, in words. Promises 2 and 3, as far as they can be seen at any moment. */
export async function broken(outside: Outside, isRefused: boolean): Promise<string[]> {
  const { store, seen } = outside;
  const { messages, whispers } = seen;
  const told = (words: string): boolean => whispers.some(({ text }) => text.includes(words));
  const problems: string[] = [];
  for (const { tenant, id, status } of outside.decisions()) {
    const key = { tenant, decision: id };
    const own = messages.filter(({ blocks }) => JSON.stringify(blocks ?? '').includes(`decision:${id}"`));
    const cards = own.filter(({ thread, removed }) => !removed && !isReply(thread, messages));
    const post = await store.posts.get({ ...key, kind: 'card' });
    if (cards.length > 1) problems.push(`2: ${cards.length} cards for one submission`);
    if (post === null) continue;
    // A workflow that asked is told that its step has failed.
    const ended = seen.completions.length > 0;
    if (post.state === 'unknown' && !told(ASKED) && !ended)
      problems.push('2: the asker was not asked whether the card is there');
    if (post.state === 'sent' || post.state === 'wanted')
      problems.push(`2: the cardMessage is still ${post.state}`);
    if (post.ts === null) continue;
    const shown = messages.find(({ ts }) => ts === post.ts);
    if (!shown) {
      problems.push('3: the database names a card that is not there');
      continue;
    }
    if (status === 'deleted') {
      // What Slack refuses to remove stays.
      if (!shown.removed && !isRefused) problems.push('3: the card of a deleted decision is still there');
      continue;
    }
    const discussion = await store.discussions.get(key);
    if (!discussion || shown.removed) {
      problems.push('3: a card is gone');
      continue;
    }
    if ((await store.cardUpdates.getStuckCode(key)) !== null) {
      if (!told(STUCK)) problems.push('3: the asker was not told of a card that can’t be reached');
      continue;
    }
    const fresh = cardMessage(rubric, discussion);
    if (shown.text !== fresh.text || JSON.stringify(shown.blocks) !== JSON.stringify(fresh.blocks)) {
      problems.push('3: a card shows something else than the database holds');
    }
  }
  return problems;
}

/** A card that was asked for in a message's thread stands in that one, which is nobody's card. */
const isReply = (thread: string | null, messages: readonly { ts: string }[]): boolean =>
  thread !== null && messages.some(({ ts }) => ts === thread);
