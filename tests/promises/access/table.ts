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

Generated from the rules in [\`src/decision/access.ts\`](../src/decision/access.ts), which the listeners also use. \`tests/promises/access\` plays every cell through the whole bot with Slack’s payloads. It checks the permission, the reply and what is stored. \`UPDATE_README=1 npx vitest run tests/promises/access\` updates this page.

The _creator_ asked for the decision. The _deciders_ were named in the dialog. _Members_ are all people in the workspace or organization that installed the app. Guests are members in the channels they are in.

${table(ROWS, KINDS)}

A dash: Slack doesn’t offer it. Deactivated people can do nothing. Buttons in a private channel show only there.

“In theirs”: in their own workspace. All stored data belongs to one workspace or organization, and the bot looks it up only there, even for the same user id.

## When people are gone, or a workflow named no deciders

A person is gone if they are deactivated, unknown to Slack, an app, in another organization, or had their data deleted. When all deciders are gone, the creator decides. When the creator is gone too, workspace admins decide. When the creator is gone, admins can also delete. If a workflow named no deciders, every member can edit, decide and delete.

The bot asks Slack who has left only when it would refuse otherwise. If Slack doesn’t answer in time, the bot refuses.

${table(ROWS.filter(dependsOnPart), EXCEPTIONS)}

## What the bot replies

Only to that person, where they are:

${SENTENCES.map(([why, sentence]) => `- ${why}: “${sentence}”`).join('\n')}

## What doesn’t depend on the person

- A run of the workflow step: Slack asks who may run the workflow. Its card belongs to the person whom the step names.
- \`/slack/install\`: open to everyone; Slack checks who may install the app. \`/privacy\`, \`/healthz\`, \`/readyz\`: open to everyone. \`/metrics\`: needs \`METRICS_TOKEN\`, or the same machine. Tested in \`tests/http\` and \`tests/process\`.
- “Read the article” in the card’s menu is a link.

## What the bot cannot know

- Who is in a private channel: it has no scope to read that. It relies on Slack, which shows a card only to that channel’s members and sends what they press. A person who is removed from the channel can still submit a dialog that they opened before. Other channels learn nothing: \`history\` lists the channel that it is typed in, and the answer to a question uses only that thread’s card. The Home tab and _Show my data_ name the person’s projects, with what that person entered there.
- With an installation for a whole organization, who in a shared channel belongs to another one: payloads don’t say. They count as members there, but the bot still refuses their questions.
`;
}
