import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkView } from '../../../packages/local-slack/rules/limits.ts';
import type { OwnListedDecision, Participation, Post } from '../../../src/decision/post.ts';
import { homeView, MOST_HOME_ROWS } from '../../../src/features/overview/home-message.ts';
import { decisionWith, NASTY_NAMES } from '../../support/decision.ts';

const card = (overrides: Partial<Post> = {}): Post => ({
  tenant: 'T1',
  decision: 'abcDEF123-_x',
  kind: 'card',
  state: 'posted',
  channel: 'C1',
  ts: '1795424400.000001',
  earlier: [],
  permalink: 'https://acme.slack.test/archives/C1/p1795424400000001',
  error: null,
  attempts: 1,
  dueAt: 0,
  wantedAt: 0,
  replyUrl: null,
  ...overrides,
});
const NOTHING: Participation = { vote: null, answered: false };
const listed = (project = 'Billing portal', more: Partial<Post> = {}, own = NOTHING): OwnListedDecision => ({
  decision: decisionWith({ parts: 'few', screens: 'office' }, { project, deciders: ['U1', 'U2'] }),
  card: card(more),
  group: null,
  record: null,
  stuck: null,
  own,
});
const shown = (...args: Parameters<typeof homeView>): string => JSON.stringify(homeView(...args));

describe('the Home tab', () => {
  it('keeps to Slack’s limits with as many decisions as fit, whatever they are called', () => {
    const many = Array.from({ length: MOST_HOME_ROWS + 1 }, (_, i) =>
      listed(NASTY_NAMES[i % NASTY_NAMES.length] ?? ''),
    );
    expect(checkView(homeView(many, 'U1', '/django-or-flask', 'Something went wrong.'))).toEqual([]);
    expect(shown(many, 'U1', '/django-or-flask')).toContain('For older ones');
    expect(shown(many.slice(1), 'U1', '/django-or-flask')).not.toContain('For older ones');
  });

  it('says what to do where there is none yet', () => {
    expect(checkView(homeView([], 'U1', '/django-or-flask'))).toEqual([]);
    expect(shown([], 'U1', '/dof')).toMatch(/None yet.*"\/dof Billing portal"/);
  });

  it('says that there is a decision and where, and nothing of what is said there', () => {
    const view = shown([listed()], 'U1', '/django-or-flask');
    expect(view).toContain('p1795424400000001|');
    expect(view).toContain('you asked');
    expect(view).toContain('<#C1>');
    expect(view).not.toMatch(/solid|leaning|toss-up|startup MVP/);
    expect(shown([listed()], 'U2', '/django-or-flask')).toContain('you decide');
  });

  it('says what one has said oneself, and of nobody else', () => {
    const view = shown([listed('A', {}, { vote: 'flask', answered: true })], 'U3', '/x');
    expect(view).toContain('you answered · you voted for Flask');
    expect(view).not.toContain('you asked');
  });

  it('says the outcome only to the person who decided', () => {
    const record = {
      number: 1,
      outcome: 'flask',
      rationale: 'Because',
      revisit: null,
      by: 'U2',
      at: Date.UTC(2026, 10, 24),
      reopened: null,
    } as const;
    const row = listed();
    const decided = { ...row, decision: { ...row.decision, status: 'decided' as const }, record };
    expect(shown([decided], 'U2', '/x')).toMatch(/Billing portal.*> → Flask · <#C1> · you decided · /);
    expect(shown([decided], 'U1', '/x')).toMatch(/Billing portal.*> · decided · <#C1> · you asked · /);
    expect(shown([decided], 'U1', '/x')).not.toMatch(/→|Because/);
    const replaced = { ...decided, decision: { ...decided.decision, status: 'superseded' as const } };
    expect(shown([replaced], 'U2', '/x')).toContain(' → Flask (replaced) · ');
    expect(shown([replaced], 'U1', '/x')).toContain(' · replaced · ');
    const reopened = { ...row, record: { ...record, reopened: { by: 'U2', at: Date.UTC(2026, 10, 25) } } };
    expect(shown([reopened], 'U2', '/x')).toMatch(/> · open · <#C1> · you decide · /);
  });

  it('says in three lines what is stored', () => {
    const last = homeView([], 'U1', '/dof').blocks.at(-1);
    const text = z.object({ elements: z.tuple([z.object({ text: z.string() })]) }).parse(last)
      .elements[0].text;
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain('`/dof privacy`');
  });

  it('says where a card is not there, without a link', () => {
    expect(shown([listed('A', { state: 'unknown', permalink: null })], 'U1', '/x')).toContain(
      'may be missing',
    );
  });
});
