// Cards, reminders and records of people who had their data deleted.
import { expect, it } from 'vitest';
import { type Decision, ERASED } from '../../../src/decision/decision.ts';
import { newDiscussion } from '../../../src/decision/discussion.ts';
import { cardMessage } from '../../../src/features/card/message.ts';
import { announcementMessage } from '../../../src/features/decide/message.ts';
import { homeView } from '../../../src/features/overview/home-message.ts';
import { gatherAdrInput, peopleNamedIn } from '../../../src/features/record/input.ts';
import { renderAdr } from '../../../src/features/record/madr.ts';
import { reminderMessage } from '../../../src/features/revisit/message.ts';
import { deadlineMessage } from '../../../src/features/vote/deadline-deliver.ts';
import { decisionWith, rubric } from '../../support/decision.ts';

const AT = Date.UTC(2026, 10, 23, 9);
const ANSWERS = { parts: 'many', screens: 'office' };

it.each([
  ['the deciders', { deciders: [] }, '<@U1> asked and decides', '<@U1>, you can decide', '<@U1>: it’s time'],
  [
    'everyone',
    { asker: ERASED, deciders: [] },
    'Someone asked · a workspace admin decides',
    'A workspace admin can decide',
    'Workspace admins: it’s time',
  ],
  [
    'the asker',
    { asker: ERASED, deciders: ['U2'] },
    'Someone asked · <@U2> decides',
    '<@U2>, you can decide',
    '<@U2>: it’s time',
  ],
] as const)('%s', (_, erased, decides, due, today) => {
  const open: Decision = { ...decisionWith(ANSWERS), voteUntil: AT, ...erased };
  const decided: Decision = { ...open, status: 'decided', round: { ...open.round, by: ERASED } };
  const record = {
    number: 1,
    outcome: 'django',
    rationale: 'It fits.',
    revisit: '2027-05-24',
    by: ERASED,
    at: AT,
    reopened: null,
  } as const;
  const after = { ...newDiscussion(decided), record };
  const texts = [
    cardMessage(rubric, newDiscussion(open)),
    deadlineMessage(newDiscussion(open), 'reached'),
    reminderMessage(rubric, after),
    cardMessage(rubric, after),
    announcementMessage(after),
    announcementMessage({ ...after, record: { ...record, reopened: { by: ERASED, at: AT } } }),
    renderAdr(gatherAdrInput(rubric, after, record, { names: new Map(), permalink: null })),
    homeView([], 'U1', '/django-or-flask'),
  ].map((message) => JSON.stringify(message));
  expect(texts[0]).toContain(decides);
  expect(texts[1]).toContain(due);
  expect(texts[2]).toContain(today);
  for (const text of texts) expect(text).not.toMatch(/somebody|<@>|, ,|: {2}·/);
  // Slack is not asked for the name of a person who isn't there.
  expect(peopleNamedIn(after, record)).toEqual([]);
});
