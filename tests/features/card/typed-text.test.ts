import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../../packages/local-slack/rules/limits.ts';
import { CHOICES, type Vote } from '../../../src/decision/ballot.ts';
import type { Discussion, VoteContext } from '../../../src/decision/discussion.ts';
import { type DecisionRecord, LONGEST_RATIONALE } from '../../../src/decision/record.ts';
import { deleteModal } from '../../../src/features/decide/delete-dialog.ts';
import { decideModal } from '../../../src/features/decide/dialog.ts';
import { announcementMessage, decidedCardMessage } from '../../../src/features/decide/message.ts';
import { revisitModal } from '../../../src/features/revisit/dialog.ts';
import { reminderMessage } from '../../../src/features/revisit/message.ts';
import { deadlineMessage } from '../../../src/features/vote/deadline-deliver.ts';
import { voteReplyMessage } from '../../../src/features/vote/message.ts';
import { reasonModal } from '../../../src/features/vote/reason-dialog.ts';
import { whoVotedModal } from '../../../src/features/vote/who-voted-dialog.ts';
import { cardWith, decisionWith, longestAnswers, NASTY_NAMES, rubric } from '../../support/decision.ts';

const AT = Date.UTC(2026, 10, 23, 9);
const nasty = (length: number) =>
  fc.oneof(
    fc
      .constantFrom('&', '<', '*', '\n', '🍰', '> ', 'x', '`')
      .map((one) => one.repeat(length).slice(0, length)),
    fc.string({ unit: 'grapheme', maxLength: length }).map((text) => text.slice(0, length)),
    fc.constantFrom(...NASTY_NAMES),
  );
const anyVotes = fc
  .array(
    fc.record({
      choice: fc.constantFrom(...CHOICES),
      reason: fc.option(nasty(300)),
      round: fc.integer({ min: 1, max: 2 }),
    }),
    {
      maxLength: 40,
    },
  )
  .map((votes) => votes.map((vote, i): Vote => ({ ...vote, person: `U${1000 + i}`, at: AT + i })));
const anyRecord = fc.record({
  number: fc.integer({ min: 1, max: 12_000 }),
  outcome: fc.constantFrom(...CHOICES),
  rationale: nasty(LONGEST_RATIONALE),
  revisit: fc.option(fc.constant('2027-05-24')),
  by: fc.constant('U1'),
  at: fc.constant(AT),
  reopened: fc.constant(null),
});
const anyDiscussion: fc.Arbitrary<Discussion & { record: DecisionRecord }> = fc
  .record({
    project: fc.constantFrom(...NASTY_NAMES),
    votes: anyVotes,
    record: anyRecord,
    hide: fc.boolean(),
  })
  .map(({ project, votes, record, hide }) => ({
    decision: decisionWith(longestAnswers, {
      project,
      status: 'decided',
      hideUntilDecided: hide,
      voteUntil: AT + 1,
      deciders: Array.from({ length: 10 }, (_, i) => `U0123456789${i}`),
      round: { ...decisionWith(longestAnswers).round, number: 2 },
    }),
    votes,
    ownAnswers: [],
    group: null,
    record,
    predecessor: {
      decision: decisionWith({}),
      record,
      group: null,
      permalink: `https://acme.slack.test/${'p'.repeat(60)}`,
    },
    successor: null,
  }));

function glanceOf({ decision, votes }: Discussion, person: string): VoteContext {
  return {
    ...decision,
    votes: votes.length,
    own: votes.find((vote) => vote.person === person) ?? null,
  };
}

describe('whatever people say', () => {
  it('cards, records and replies stay within Slack’s limits, and mention nobody by what was typed', () => {
    fc.assert(
      fc.property(anyDiscussion, (discussion) => {
        const open = { ...discussion, decision: { ...discussion.decision, status: 'open' as const } };
        const messages = [
          decidedCardMessage(discussion, discussion.record),
          cardWith(rubric, open.decision, open),
          announcementMessage(discussion),
          reminderMessage(rubric, discussion),
          deadlineMessage(open, 'soon'),
          deadlineMessage(open, 'reached'),
          voteReplyMessage(open.decision.id, glanceOf(open, 'U1000'), 'Recorded.'),
        ].filter((message) => message !== null);
        expect(messages).toHaveLength(7);
        for (const message of messages) {
          expect(checkMessage(message)).toEqual([]);
          expect([...message.text].length).toBeLessThanOrEqual(4_000);
          expect(message.text).not.toMatch(/<!(channel|here|everyone)|<@U123>|<https:\/\/evil/);
        }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  }, 60_000);

  it('so do the dialogs', () => {
    fc.assert(
      fc.property(anyDiscussion, (discussion) => {
        const open = { ...discussion, decision: { ...discussion.decision, status: 'open' as const } };
        const views = [
          decideModal(rubric, open, { revisit: '2027-05-24' }),
          deleteModal(discussion),
          reasonModal(open, 'U1000'),
          whoVotedModal(discussion),
          revisitModal(rubric, discussion),
        ];
        for (const view of views) expect(checkView(view)).toEqual([]);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  }, 60_000);
});
