// Ids that Slack sends back to the bot. The manifests and the listeners use only these. Changing a value breaks cards
// that are already posted.

export const VIEWS = {
  intake: 'intake',
  reasons: 'reasons',
  ownAnswers: 'own_answers',
  editAnswers: 'edit_answers',
  revisit: 'revisit',
  voteReason: 'vote_reason',
  whoVoted: 'who_voted',
  decide: 'decide',
  deleteDecision: 'delete_decision',
  forgetMe: 'forget_me',
} as const;

export const ACTIONS = {
  cardMenu: 'card_menu',
  moreQuestions: 'more_questions',
  votingOptions: 'voting_options',
  historyNewer: 'history_newer',
  historyOlder: 'history_older',
  postAgain: 'post_again',
  keepCard: 'keep_card',
  homeStart: 'home_start',
  voteDjango: 'vote_django',
  voteFlask: 'vote_flask',
  voteBoth: 'vote_both',
  addReason: 'add_reason',
  withdrawVote: 'withdraw_vote',
  whoVoted: 'who_voted',
  decide: 'decide',
  revisitCheck: 'revisit_check',
  snooze: 'snooze',
  addAnswers: 'add_answers',
  myData: 'my_data',
  forgetMe: 'forget_me',
} as const;

export const SHORTCUTS = { djangoOrFlask: 'django_or_flask' } as const;

/** Default slash command. The variable SLASH_COMMAND overrides it. */
export const COMMAND = '/django-or-flask';

/**
 * Ids of the step for Workflow Builder. Each question is also an input, under its own id. Slack treats a changed
 * callback as a new step and removes the old one from workflows.
 */
export const STEP = {
  callback: 'recommend_framework',
  inputs: { project: 'project', channel: 'channel', asker: 'asker' },
  outputs: { verdict: 'verdict', strength: 'strength', permalink: 'permalink', summary: 'summary' },
} as const;

/** Option values of the card's menu. */
export const CARD_MENU = {
  reasons: 'reasons',
  whoVoted: 'who_voted',
  article: 'article',
  edit: 'edit',
  export: 'export',
  reopen: 'reopen',
  supersede: 'supersede',
  delete: 'delete',
} as const;

/** Input blocks of the dialogs, each with its one action. The block id of a question is the question's id. */
export const FIELDS = {
  project: { block: 'project', action: 'name' },
  channel: { block: 'channel', action: 'conversation' },
  deciders: { block: 'deciders', action: 'users' },
  hide: { block: 'hide', action: 'until_decided' },
  deadline: { block: 'deadline', action: 'time' },
  reason: { block: 'reason', action: 'text' },
  outcome: { block: 'outcome', action: 'choice' },
  rationale: { block: 'rationale', action: 'text' },
  revisit: { block: 'revisit', action: 'date' },
  forget: { block: 'forget', action: 'cards' },
} as const;

/** Action id of every question's select menu. */
export const ANSWER_ACTION = 'answer';

/** Format of Slack's channel ids. */
export const CHANNEL_ID = /^[CGD][A-Z0-9]{1,30}$/;
