import { ACCESS_RULES, type Refusal } from '../../../src/decision/access.ts';
import { refusalSentence } from '../../../src/interactions/refusals.ts';
import { canTry, EXCEPTIONS, KINDS, type Kind, TENANT, verdict } from './kinds.ts';
import { ROWS, type Row } from './rows.ts';

/** In a cell. */
const WHY: Readonly<Record<Refusal, string>> = {
  deleted: 'no: deleted',
  gone: 'no: not there',
  members_only: 'no: members',
  members_ask: 'no: members',
  only_asker_edits: 'no: creator',
  asker_gone_edits: 'no: creator is gone',
  only_asker_deletes: 'no: creator',
  only_admins_delete: 'no: admins',
  only_asker_posts: 'no: creator',
  only_asker_says: 'no: creator',
  only_deciders: 'no: deciders',
  only_asker_decides: 'no: creator decides',
  only_admins_decide: 'no: admins decide',
};
export const REFUSALS = Object.keys(WHY) as Refusal[];

function cell(row: Row, kind: Kind): string {
  if (!canTry(row, kind)) return '–';
  const refusal = verdict(row, kind);
  if (refusal !== null) return WHY[refusal];
  return kind.person.home === TENANT ? 'yes' : 'yes, in theirs';
}

function table(rows: readonly Row[], kinds: readonly Kind[]): string {
  const lines = [
    ['', ...kinds.map(({ head }) => head)],
    ['', ...kinds].map(() => '---'),
    ...rows.map((row) => [row.what, ...kinds.map((kind) => cell(row, kind))]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Where it matters who was named, and who has left. */
const dependsOnPart = ({ act }: Row): boolean =>
  ['asker', 'owner', 'deleter', 'deciders'].includes(ACCESS_RULES[act].who);

const ABOUT = { asker: 'U1', deciders: ['U1', 'U2'], status: 'open' } as const;

const said = (refusal: Refusal): string =>
  refusalSentence(refusal, ABOUT).replace('<@U1>', '@ana').replace('<@U2>', '@ben');

const SENTENCES = [
  ...REFUSALS.map((refusal) => [WHY[refusal], said(refusal)] as const),
  ...(['only_deciders', 'only_asker_decides'] as const).map(
    (refusal) => [`${WHY[refusal]}, in a dialog`, refusalSentence(refusal, ABOUT, 'dialog')] as const,
  ),
];

/** docs/access.md, from the rules in src/decision/access.ts. */
export function accessDocument(): string {
  return `# Who may do what

Made from the rules in [\`src/decision/access.ts\`](../src/decision/access.ts), where the listeners ask, too. \`tests/promises/access\` holds it to them, and plays every cell through the whole bot with the payloads that Slack sends: that it is allowed, or refused with its sentence, and what of it is stored. \`UPDATE_README=1 npx vitest run tests/promises/access\` updates it after a change.

The _creator_ asked for the decision, the _deciders_ were named in the dialog. _Members_ are all people of the workspace that installed the app, or of the organisation where that did; guests are members of the channels that they are in.

${table(ROWS, KINDS)}

A dash: Slack lets nobody try. Whoever is deactivated can do nothing, and the buttons of a private channel are shown in that channel only.

“In theirs”: in their own workspace. Everything that is stored belongs to a workspace (or an organisation) and is looked up in it; a decision of another one is not there, whatever id a payload names, even for the same user id.

## When people are gone, or a workflow named no deciders

A person is gone if they are deactivated, unknown to Slack, an app, in another organisation, or had their data deleted. When all deciders are gone, the creator decides. When the creator is gone too, workspace admins decide. When the creator is gone, admins can also delete. If a workflow named no deciders, every member can edit, decide and delete.

The bot asks Slack who has left only when it would refuse otherwise. If Slack doesn’t answer in time, the bot refuses.

${table(ROWS.filter(dependsOnPart), EXCEPTIONS)}

## What is said

To the person alone, where they are:

${SENTENCES.map(([why, sentence]) => `- ${why}: “${sentence}”`).join('\n')}

## What is no matter of persons

- A run of the workflow step: Slack asks who may run the workflow. Its card belongs to the person whom the step names.
- \`/slack/install\`: whoever has the address; Slack asks who may install the app. \`/privacy\`, \`/healthz\`, \`/readyz\`: anybody. \`/metrics\`: whoever has \`METRICS_TOKEN\`, or the same machine. Tested in \`tests/http\` and \`tests/process\`.
- “Read the article” in the card’s menu is a link.

## What the bot cannot know

- Who is in a private channel: it has no scope to read that. It relies on Slack, which shows a card to those who are, and sends what they press. A dialog that somebody had opened before they were removed from the channel can still be submitted. What the bot shows elsewhere says nothing of the channel: \`history\` lists the channel that it is typed in, and an answer to a question tells of the card in whose thread it was put. The Home tab and _What is stored about me_ name the projects that the person takes part in, with what they said there themselves.
- On an installation for a whole organisation, who in a shared channel is not of that organisation: payloads do not say it. There they count as members; their questions are still refused.
`;
}
