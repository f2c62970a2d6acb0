import { loadRubric } from '../../../../src/advice/rubric/rubric.ts';
import { answerQuestion } from '../../../../src/advice/search/answer-question.ts';
import { cleanInput, escapeMrkdwn, toOneLine, truncate } from '../../../../src/blocks/text.ts';
import type { Discussion } from '../../../../src/decision/discussion.ts';
import type { OwnListedDecision, Post } from '../../../../src/decision/post.ts';
import type { DecisionRecord } from '../../../../src/decision/record.ts';
import { ownAnswersModal } from '../../../../src/features/answers/add-dialog.ts';
import { editAnswersModal } from '../../../../src/features/answers/edit-dialog.ts';
import { editSummaryMessage } from '../../../../src/features/answers/edit-message.ts';
import { parseCommand } from '../../../../src/features/ask/command.ts';
import { intakeModal } from '../../../../src/features/ask/dialog.ts';
import { cardMessage } from '../../../../src/features/card/message.ts';
import {
  askIfPostedMessage,
  cardRefusedMessage,
  cardStuckMessage,
} from '../../../../src/features/card/notice-message.ts';
import { reasoningMessage } from '../../../../src/features/card/reasoning-message.ts';
import { reasonsModal } from '../../../../src/features/card/reasons-dialog.ts';
import { deleteModal } from '../../../../src/features/decide/delete-dialog.ts';
import { decideModal } from '../../../../src/features/decide/dialog.ts';
import { announcementMessage, decidedCardMessage } from '../../../../src/features/decide/message.ts';
import { historyMessage } from '../../../../src/features/overview/history-message.ts';
import { homeView } from '../../../../src/features/overview/home-message.ts';
import { personDataMessage } from '../../../../src/features/privacy/message.ts';
import { extractQuestion } from '../../../../src/features/question/mention.ts';
import { answerMessage } from '../../../../src/features/question/message.ts';
import { fileComment, fileRefusedMessage } from '../../../../src/features/record/deliver.ts';
import { gatherAdrInput } from '../../../../src/features/record/input.ts';
import { renderAdr } from '../../../../src/features/record/madr.ts';
import { revisitModal } from '../../../../src/features/revisit/dialog.ts';
import { checkResultMessage, reminderMessage } from '../../../../src/features/revisit/message.ts';
import { checkDecision } from '../../../../src/features/revisit/revisit.ts';
import { deadlineMessage } from '../../../../src/features/vote/deadline-deliver.ts';
import { voteReplyMessage } from '../../../../src/features/vote/message.ts';
import { reasonModal } from '../../../../src/features/vote/reason-dialog.ts';
import { whoVotedModal } from '../../../../src/features/vote/who-voted-dialog.ts';
import { buildStepOutputs } from '../../../../src/features/workflow/message.ts';
import { renderInstalledPage } from '../../../../src/installs/pages/installed.ts';
import { USUAL } from '../../../installs/pages/gallery.ts';
import { decisionWith, discussionOf, longestAnswersIn } from '../../../support/decision.ts';
import { HARMLESS } from './snippets.ts';
import { type Rendered, renderedOf } from './structure.ts';

const rubric = loadRubric();

/** A text that somebody enters, at a place where it comes out. */
export interface Cell {
  /** What is entered. */
  readonly field: string;
  readonly place: string;
  render(text: string): Rendered;
  /** What of it is shown, where not all of it is. */
  shown?(text: string): string;
}

const AT = Date.UTC(2026, 10, 23, 9);

/** What people have entered about one decision, as it is kept: the listeners read it so. */
interface Entered {
  readonly project: string;
  readonly reason: string;
  readonly rationale: string;
  /** Of the decision that this one replaces. */
  readonly before: string;
  /** What Slack says that a voter is called. */
  readonly name: string;
}

const HARMLESS_TEXTS: Entered = {
  project: 'Portal',
  reason: 'Known',
  rationale: 'Known',
  before: 'Portal',
  name: 'Ana',
};

const KEPT_AS: Readonly<Record<keyof Entered, (text: string) => string>> = {
  project: toOneLine,
  reason: cleanInput,
  rationale: cleanInput,
  before: toOneLine,
  name: (text) => text,
};

/** Their advice is worked out once. */
const LONGEST = longestAnswersIn(rubric);
const ASKED = decisionWith(LONGEST, { status: 'decided', voteUntil: AT + 1, supersedes: 'before' }, rubric);
const ASKED_BEFORE = decisionWith({}, {}, rubric);
const LOOKED_AGAIN = checkDecision(rubric, ASKED.round.advice, LONGEST, 'django');

type Decided = Discussion & { readonly record: DecisionRecord };

function discussionWith({ project, reason, rationale, before }: Entered): Decided {
  const record: DecisionRecord = {
    number: 7,
    outcome: 'django',
    rationale,
    revisit: '2027-05-24',
    by: 'U1',
    at: AT,
    reopened: null,
  };
  const decision = { ...ASKED, project };
  return {
    ...discussionOf(decision),
    votes: [{ person: 'U2', choice: 'flask', reason, round: 1, at: AT }],
    record,
    predecessor: {
      decision: { ...ASKED_BEFORE, project: before },
      record,
      group: null,
      permalink: 'https://acme.slack.test/p1',
    },
  };
}

const opened = (discussion: Decided): Discussion => ({
  ...discussion,
  decision: { ...discussion.decision, status: 'open' },
});

function listed({ decision, record, group }: Discussion): OwnListedDecision {
  const card: Post = {
    tenant: 'T1',
    decision: decision.id,
    kind: 'card',
    state: 'posted',
    channel: 'C1',
    ts: '1.2',
    earlier: [],
    permalink: 'https://acme.slack.test/p1',
    error: null,
    attempts: 1,
    dueAt: 0,
    wantedAt: 0,
    replyUrl: null,
  };
  return { decision, record, group, card, own: { vote: 'flask', answered: true }, stuck: null };
}

/** Every place at which something about a decision comes out. */
const ABOUT: Readonly<Record<string, (discussion: Decided, names: ReadonlyMap<string, string>) => Rendered>> =
  {
    card: (d) => renderedOf(cardMessage(rubric, opened(d))),
    'card of a record': (d) => renderedOf(decidedCardMessage(d, d.record)),
    announcement: (d) => renderedOf(announcementMessage(d)),
    reminder: (d) => renderedOf(reminderMessage(rubric, d)),
    'a day before the deadline': (d) => renderedOf(deadlineMessage(opened(d), 'soon')),
    'the deadline': (d) => renderedOf(deadlineMessage(opened(d), 'reached')),
    'answer to a vote': (d) =>
      renderedOf(
        voteReplyMessage(
          'id',
          { ...d.decision, status: 'open', votes: 1, own: d.votes[0] ?? null },
          'Recorded.',
        ),
      ),
    'who voted': (d) => renderedOf(whoVotedModal(d)),
    'dialog to decide': (d) => renderedOf(decideModal(rubric, opened(d), { revisit: '2027-05-24' })),
    'dialog to delete': (d) => renderedOf(deleteModal(d)),
    'dialog for a reason': (d) => renderedOf(reasonModal(opened(d), 'U2')),
    'dialog to check': (d) => renderedOf(revisitModal(rubric, d)),
    'dialog to edit': (d) => renderedOf(editAnswersModal(rubric, opened(d))),
    'dialog for own answers': (d) => renderedOf(ownAnswersModal(rubric, opened(d), 'U3')),
    'dialog to ask again': ({ decision: { project, deciders } }) =>
      renderedOf(intakeModal(rubric, { page: 'all', project, answers: {}, deciders, channel: 'C1' })),
    reasoning: (d) => renderedOf(reasoningMessage(rubric, d.decision, 'rich')),
    'all reasons': (d) => renderedOf(reasonsModal(rubric, d.decision)),
    'edited answers': ({ decision }) =>
      renderedOf(
        editSummaryMessage(
          rubric,
          decision,
          [decision.round, { ...decision.round, number: 2, answers: { admin: 'yes' } }],
          1,
        ),
      ),
    'what a check shows': (d) => renderedOf(checkResultMessage(d, d.record, LOOKED_AGAIN, 'U1')),
    'whether the card is there': ({ decision }) => renderedOf(askIfPostedMessage(decision)),
    'a card that was refused': ({ decision }) =>
      renderedOf(cardRefusedMessage(decision, 'Pick another one.')),
    'a card out of reach': ({ decision }) =>
      renderedOf(cardStuckMessage(decision, 'is_archived', 'https://acme.slack.test/p1')),
    'a file that was refused': ({ decision }) => renderedOf(fileRefusedMessage(decision, 'is_archived')),
    'sentence above the file': ({ decision }) => renderedOf({ text: fileComment(decision), blocks: [] }),
    history: (d) => renderedOf(historyMessage([listed(d)], { offset: 0, words: [] }, 'U1')),
    Home: (d) => renderedOf(homeView([listed(d)], 'U1', '/django-or-flask')),
    'what is stored about me': ({ decision, votes: [vote] }) =>
      renderedOf(
        personDataMessage(rubric, {
          decisions: [
            {
              decision: 'id',
              project: decision.project,
              channel: 'C1',
              status: 'open',
              createdAt: AT,
              asked: true,
              refused: false,
              rounds: [{ number: 1, answers: { admin: 'yes' } }],
              decides: true,
              decidesNext: null,
              vote: vote ?? null,
              answers: { admin: 'yes' },
              decided: true,
              record: { outcome: 'both', rationale: vote?.reason ?? '' },
              reopened: true,
            },
          ],
          openedHome: true,
          installedApp: true,
          waiting: 1,
        }),
      ),
    'answer in the thread': (d) => {
      const question = 'what about security?';
      return renderedOf(answerMessage(rubric, [{ question, answer: answerQuestion(rubric, question) }], d));
    },
    // Into a workflow's own message, which shows it as text.
    'outputs of the step': ({ decision }) => ({ plain: [buildStepOutputs(decision, null).summary] }),
    'record, as a file': (d, names) => ({
      markdown: renderAdr(
        gatherAdrInput(rubric, d, d.record, { names, permalink: 'https://acme.slack.test/p1' }),
      ).text,
    }),
    'name of the file': (d, names) => ({
      raw: renderAdr(gatherAdrInput(rubric, d, d.record, { names, permalink: null })).fileName,
    }),
  };

/** Where a reason is cut short, and to how many characters. */
const REASON_CUT_TO = 40;
const CUTS_REASON: readonly string[] = ['card', 'a day before the deadline', 'the deadline'];

const aboutDecisions: readonly Cell[] = Object.keys(KEPT_AS).flatMap((field) =>
  Object.entries(ABOUT).map(
    ([place, render]): Cell => ({
      field,
      place,
      ...(field === 'reason' && CUTS_REASON.includes(place)
        ? { shown: (text) => truncate(toOneLine(text), REASON_CUT_TO) }
        : {}),
      render: (text) => {
        const texts: Entered = { ...HARMLESS_TEXTS, [field]: kept(field, text) };
        return render(
          discussionWith(texts),
          new Map([
            ['U1', texts.name],
            ['U2', texts.name],
          ]),
        );
      },
    }),
  ),
);

function kept(field: string, text: string): string {
  const [, as] = Object.entries(KEPT_AS).find(([name]) => name === field) ?? [];
  return as ? as(text) : text;
}

/** What is entered about no decision. Slack escapes what is typed in commands and messages. */
const others: readonly Cell[] = [
  {
    field: 'question',
    shown: (text) => extractQuestion(escapeMrkdwn(text)),
    place: 'answer',
    render: (text) => {
      const question = extractQuestion(`<@U0BOT> security ${escapeMrkdwn(text)}`);
      const answer = answerQuestion(rubric, 'security');
      // Only several questions are repeated above their answers.
      return renderedOf(
        answerMessage(rubric, [
          { question, answer },
          { question: 'security', answer },
        ]),
      );
    },
  },
  {
    field: 'question',
    shown: (text) => extractQuestion(escapeMrkdwn(text)),
    place: 'nothing is known',
    render: (text) =>
      renderedOf(
        answerMessage(rubric, [
          { question: extractQuestion(escapeMrkdwn(text)), answer: { kind: 'unknown' } },
          { question: 'security', answer: answerQuestion(rubric, 'security') },
        ]),
      ),
  },
  {
    field: 'words to search for',
    shown: (text) => wordsIn(text).join(' '),
    place: 'history, nothing found',
    render: (text) => renderedOf(historyMessage([], { offset: 0, words: wordsIn(text) }, 'U1')),
  },
  {
    field: 'words to search for',
    shown: (text) => wordsIn(text).join(' '),
    place: 'history',
    render: (text) =>
      renderedOf(
        historyMessage([listed(discussionWith(HARMLESS_TEXTS))], { offset: 0, words: wordsIn(text) }, 'U1'),
      ),
  },
  {
    field: 'name after the command',
    place: 'dialog',
    render: (text) => {
      const words = parseCommand(escapeMrkdwn(text));
      return renderedOf(
        intakeModal(rubric, {
          page: 'first',
          project: words.kind === 'new' ? words.project : HARMLESS,
          answers: {},
          deciders: [],
        }),
      );
    },
  },
  ...(['workspaceName', 'botName'] as const).map(
    (field): Cell => ({
      field: `${field}, as Slack says it`,
      place: 'page after installing',
      render: (text) => ({
        html: renderInstalledPage({
          ...USUAL,
          workspaceName: 'Acme',
          orgWide: false,
          botName: '@bot',
          deepLink: 'https://slack.com/app',
          [field]: text,
        }),
      }),
    }),
  ),
];

function wordsIn(text: string): string[] {
  const words = parseCommand(`history ${escapeMrkdwn(text)}`);
  return words.kind === 'history' ? [...words.words] : [];
}

export const CELLS: readonly Cell[] = [...aboutDecisions, ...others];
