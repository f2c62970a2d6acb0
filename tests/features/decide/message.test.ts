// The decided card, and the announcement to the channel.
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../packages/local-slack/rules/limits.ts';
import type { Strength, Verdict } from '../../../src/advice/advice.ts';
import { decodeDecisionBlock } from '../../../src/blocks/metadata.ts';
import type { Choice, Vote } from '../../../src/decision/ballot.ts';
import type { Decision } from '../../../src/decision/decision.ts';
import type { Discussion } from '../../../src/decision/discussion.ts';
import { computeGroup } from '../../../src/decision/group.ts';
import type { DecisionRecord } from '../../../src/decision/record.ts';
import { announcementMessage } from '../../../src/features/decide/message.ts';
import { linesOf, outlineOf, spoken } from '../../support/card.ts';
import { cardWith, decisionWith, discussionOf, ownAnswersOf, rubric } from '../../support/decision.ts';

const AT = Date.UTC(2026, 11, 3, 10);
const DAY = '<!date^1796292000^{date_short}|2026-12-03>';
const LIBRARY = { parts: 'many', screens: 'office', tools: 'usual' };

const recordOf = (overrides: Partial<DecisionRecord> = {}): DecisionRecord => ({
  number: 7,
  outcome: 'django',
  rationale: 'We know it.',
  revisit: '2027-05-24',
  by: 'U1',
  at: AT,
  reopened: null,
  ...overrides,
});

function decided(strength: Strength = 'solid', verdict: Verdict = 'django'): Decision {
  const decision = decisionWith(LIBRARY, { status: 'decided' });
  const advice = { ...decision.round.advice, strength, verdict };
  return { ...decision, round: { ...decision.round, advice } };
}

const votesFor = (...choices: Choice[]): Vote[] =>
  choices.map((choice, i) => ({ person: `U${i + 2}`, choice, reason: null, round: 1, at: i }));

const cardOf = (record: DecisionRecord, said: Partial<Discussion> = {}, decision = decided()) =>
  cardWith(rubric, decision, { record, ...said });

const announced = (record: DecisionRecord, said: Partial<Discussion> = {}, decision = decided()) =>
  announcementMessage(discussionOf(decision, { record, ...said }));

describe('the decided card', () => {
  it('says outcome, decider and day, reason, advice and votes, review and record', () => {
    const card = cardOf(recordOf(), { votes: votesFor('django', 'django', 'flask') });
    expect(checkMessage(card)).toEqual([]);
    expect(linesOf(card).map(spoken)).toEqual([
      'Billing portal: Django, decided',
      `<@U1> decided on ${DAY}`,
      'We know it.',
      'Advice: Django, clearly · Votes: Django 2, Flask 1 · ' +
        'Review on <!date^1811160000^{date_short}|2027-05-24> · Record 0007 in the thread',
    ]);
  });

  it('reads aloud everything that it shows', () => {
    const rationale = 'One <!channel> & *bold* reason.';
    const card = cardOf(recordOf({ outcome: 'flask', rationale, by: 'U2' }), {
      votes: votesFor('django', 'django', 'flask'),
    });
    const text = spoken(card.text);
    for (const line of linesOf(card).flatMap((shown) => shown.split(' · ')))
      expect(text).toContain(spoken(line));
    expect(card.text).not.toContain('<!channel>');
  });

  it('names the asker if another person decided', () => {
    expect(linesOf(cardOf(recordOf({ by: 'U5' })))[1]).toBe(`<@U5> decided on ${DAY} · <@U1> asked`);
  });

  it('offers no votes, but a menu that leads to the decision', () => {
    const card = cardOf(recordOf());
    expect(outlineOf(card)).toEqual(['header', 'section', 'We know it.', 'context']);
    expect(card.blocks[1]).toMatchObject({
      expand: true,
      accessory: {
        action_id: 'card_menu',
        options: [
          { text: { text: 'Show all reasons' }, value: 'reasons' },
          { text: { text: 'Export record' }, value: 'export' },
          { text: { text: 'Reopen' }, value: 'reopen' },
          { text: { text: 'Ask again' }, value: 'supersede' },
          { text: { text: 'Delete' }, value: 'delete' },
        ],
      },
    });
    expect(decodeDecisionBlock(card.blocks[1]?.block_id)).toBe('abcDEF123-_x');
  });

  it('says so if there is no reason, no review and no vote', () => {
    const card = cardOf(recordOf({ rationale: '', revisit: null }));
    expect(card.text).toMatch(/No reason given\.\n/);
    expect(card.text).not.toMatch(/Review|Why:/);
    expect(linesOf(card).at(-1)).toBe('Advice: Django, clearly · No votes · Record 0007 in the thread');
  });

  it.each(['', '\u200e', '\u200b'])('says that there is no reason if it is invisible (%j)', (rationale) => {
    const card = cardOf(recordOf({ rationale }));
    expect(checkMessage(card)).toEqual([]);
    expect(linesOf(card)[2]).toBe('No reason given.');
    expect(announced(recordOf({ rationale }))?.text).not.toContain('\n');
  });

  it('gives the advice for everyone’s answers', () => {
    const decision = decisionWith({ parts: 'few', tools: 'own' }, { status: 'decided' });
    const ownAnswers = ownAnswersOf({ U2: LIBRARY, U3: LIBRARY });
    const group = computeGroup(rubric, { decision, ownAnswers });
    const alone = cardOf(recordOf({ outcome: 'flask' }), {}, decision);
    const together = cardOf(recordOf({ outcome: 'flask' }), { ownAnswers, group }, decision);
    expect(alone.text).toContain('Advice: Flask, ');
    expect(together.text).toContain('Against the advice (Django, clearly).');
  });

  it.each<[string, Verdict, Strength, Choice[], string]>([
    [
      'both',
      'django',
      'leaning',
      ['django', 'django', 'flask'],
      'Against the advice (Django, likely) and the vote (2 to 1 for Django)',
    ],
    ['the advice alone', 'django', 'solid', ['flask'], 'Against the advice (Django, clearly)'],
    ['the vote alone', 'flask', 'solid', ['both', 'both'], 'Against the vote (2 to 0 for both)'],
    [
      'the vote, because the advice was a toss-up',
      'django',
      'toss-up',
      ['django', 'django', 'flask'],
      'Against the vote (2 to 1 for Django)',
    ],
    [
      'the advice, because the vote was a tie',
      'django',
      'leaning',
      ['django', 'flask'],
      'Against the advice (Django, likely)',
    ],
  ])('says if Flask goes against %s', (_, verdict, strength, choices, against) => {
    const votes = votesFor(...choices);
    const record = recordOf({ outcome: 'flask' });
    const card = cardOf(record, { votes }, decided(strength, verdict));
    expect(linesOf(card)[2]).toBe(against);
    expect(card.text).toContain(`\n${against}.\n`);
    // What the line says is not repeated below.
    const foot = linesOf(card).at(-1) ?? '';
    expect(foot.includes('Advice:')).toBe(!against.includes('advice'));
    expect(foot.includes('Votes:')).toBe(!against.includes('vote ('));
    expect(announced(record, { votes }, decided(strength, verdict))?.text).toContain(
      `, against${against.slice('Against'.length)}.`,
    );
  });

  it.each<[string, Verdict, Strength, Choice[]]>([
    ['it agrees with both', 'flask', 'solid', ['flask']],
    ['the advice was a toss-up and the vote a tie', 'django', 'toss-up', ['django', 'flask']],
    ['there was no verdict and no vote', 'undecided', 'toss-up', []],
  ])('says nothing of the kind if %s', (_, verdict, strength, choices) => {
    const votes = votesFor(...choices);
    const record = recordOf({ outcome: 'flask' });
    expect(cardOf(record, { votes }, decided(strength, verdict)).text).not.toMatch(/against/i);
    expect(announced(record, { votes }, decided(strength, verdict))?.text).not.toMatch(/against/i);
  });

  it('says which side a toss-up leaned to', () => {
    const card = cardOf(recordOf(), {}, decided('toss-up'));
    expect(card.text).toContain('Advice: too close to call, leans Django.');
  });

  it('quotes the rationale in full, as it was typed', () => {
    const rationale = `First line.\n${'long '.repeat(500)}`;
    const card = cardOf(recordOf({ rationale }));
    expect(JSON.stringify(card.blocks)).toContain(JSON.stringify(rationale).slice(1, -1));
    expect(checkMessage(card)).toEqual([]);
    expect([...card.text].length).toBeLessThanOrEqual(3_900);
  });
});

describe('a decision that replaces another', () => {
  const related = (outcome: Choice, permalink: string | null) => ({
    decision: decided(),
    record: recordOf({ outcome }),
    group: null,
    permalink,
  });

  it('links what it replaces', () => {
    const predecessor = related('flask', 'https://acme.slack.test/p1');
    expect(linesOf(cardOf(recordOf(), { predecessor }))[2]).toBe(
      `Replaces <https://acme.slack.test/p1|Flask>, decided on ${DAY}`,
    );
    expect(announced(recordOf(), { predecessor })?.text).toMatch(/\nReplaces <https:.*\|Flask>, decided on /);
  });

  it('turns the earlier card into one that says what replaced it, without review or reopening', () => {
    const successor = related('django', null);
    const superseded = { ...decided(), status: 'superseded' as const };
    const card = cardOf(recordOf({ outcome: 'flask' }), { successor }, superseded);
    expect(linesOf(card).slice(0, 2).map(spoken)).toEqual([
      'Billing portal: was Flask, replaced',
      `Replaced by Django, decided on ${DAY}`,
    ]);
    expect(card.text).not.toContain('Review');
    expect(JSON.stringify(card)).not.toMatch(/reopen|supersede/);
    expect(card.blocks[1]).toMatchObject({
      accessory: { options: [{ value: 'reasons' }, { value: 'delete' }] },
    });
  });
});

describe('the announcement', () => {
  it('says who decided what, and why, in two lines', () => {
    const rationale = 'We *know* it.\nAnd <!channel> too.';
    const message = announced(recordOf({ rationale }));
    expect(spoken(message?.text ?? '')).toBe(
      '<@U1> decided on Django for Billing portal.\n> We *know* it. And <!channel> too.',
    );
    expect(message?.text).not.toContain('<!channel>');
    expect(message?.blocks).toMatchObject([{ type: 'section', expand: true }]);
  });

  it('is one line without a reason, and shortens a long one', () => {
    expect(announced(recordOf({ rationale: '' }))?.text).not.toContain('\n');
    const [, quoted = ''] = announced(recordOf({ rationale: 'x'.repeat(900) }))?.text.split('\n') ?? [];
    expect(spoken(quoted)).toHaveLength('> '.length + 300);
  });

  it('says that a decision was reopened', () => {
    const message = announced(recordOf({ reopened: { by: 'U5', at: AT } }));
    expect(spoken(message?.text ?? '')).toBe(
      '<@U5> reopened the decision on Billing portal. Voting is open again.',
    );
  });
});
