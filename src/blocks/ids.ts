/**
 * Every id that Slack sends back to us. The manifests are made from these, and the listeners use no others.
 * Renaming one breaks the cards that are already posted.
 */
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

/** The slash command, unless SLASH_COMMAND names another. */
export const COMMAND = '/django-or-flask';

/**
 * The step for Workflow Builder. Its other inputs are the traits, each under its own id. Slack takes a step
 * with a new callback for a new step, and removes the old one from people's workflows.
 */
export const STEP = {
  callback: 'recommend_framework',
  inputs: { project: 'project', channel: 'channel', asker: 'asker' },
  outputs: { verdict: 'verdict', strength: 'strength', permalink: 'permalink', summary: 'summary' },
} as const;

/** Values of the options in the card's menu. */
export const CARD_MENU = {
  reasons: 'reasons',
  article: 'article',
  edit: 'edit',
  export: 'export',
  reopen: 'reopen',
  supersede: 'supersede',
  delete: 'delete',
} as const;

/** Blocks of the dialog and the one action each holds. A question's block is its trait's id. */
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

export const ANSWER = 'answer';

/** Ids of channels, as Slack makes them. */
export const CHANNEL_ID = /^[CGD][A-Z0-9]{1,30}$/;
