import { html } from './html.ts';
import { type Contact, page } from './layout.ts';

export interface PrivacyPage extends Contact {
  readonly command: string;
  /** How long data are kept, in days; null for as long as the app is installed. */
  readonly retentionDays: number | null;
  /** How long they stay after the app was uninstalled, in days. */
  readonly eraseAfterDays: number;
}

/** What is stored, how long, who sees it, and how to have it deleted. */
export function privacyPage({ command, retentionDays, eraseAfterDays, ...contact }: PrivacyPage): string {
  const kept =
    retentionDays === null
      ? 'As long as the app is installed, or until somebody deletes it.'
      : `For ${retentionDays} days after something last happened to a decision, or until somebody deletes it.`;
  const afterwards =
    eraseAfterDays === 0
      ? 'Uninstalling the app deletes everything of the workspace at once.'
      : `Uninstalling the app stops everything at once, and deletes everything of the workspace after ${eraseAfterDays} days.`;
  return page(
    'Privacy',
    html`<h1>Privacy</h1>
<p class="lead">The bot keeps what people give it, and nothing that it happens to see.</p>
<h2>What is stored</h2>
<ul>
<li>For each card: the project’s name, the answers and the advice, the channel, and who asked and who decides</li>
<li>Votes with their reasons, other people’s own answers, the decision with its rationale</li>
<li>Slack’s ids of people, channels and messages. No names, no e-mail addresses</li>
<li>For the app itself: a token for your workspace, encrypted</li>
</ul>
<h2>What is not</h2>
<ul>
<li>Messages. A question to the bot is answered and forgotten</li>
<li>Anything in the logs that somebody typed</li>
</ul>
<h2>How long</h2>
<p>${kept} ${afterwards}</p>
<h2>Who sees it</h2>
<p>Whoever can read the channel of the card. Nothing is passed on, and no language model is involved.</p>
<h2>Your own data</h2>
<ul>
<li><code>${command} privacy</code> tells in Slack what is stored about you, exports it and deletes it</li>
<li>Whoever asked for a card can delete it in its menu: the card, the replies, the file and everything stored</li>
</ul>`,
    contact,
  );
}
