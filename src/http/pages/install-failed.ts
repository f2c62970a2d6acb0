import { html } from './html.ts';
import { type Contact, page } from './layout.ts';

/** Why somebody who came back from Slack got no installation. */
export type FailedKind =
  | 'missing'
  | 'forged'
  | 'expired'
  | 'other_browser'
  | 'denied'
  | 'refused'
  | 'lacking'
  | 'broken';

export interface InstallFailedPage extends Contact {
  readonly kind: FailedKind;
  /** Slack's code, or the scopes that are lacking. */
  readonly detail: string | null;
  /** Finds the line in the log. */
  readonly reference: string | null;
  /** Where to begin again. */
  readonly installUrl: string;
}

interface Words {
  readonly title: string;
  readonly why: string;
}

const BEGIN_AGAIN = 'Begin again from here; it takes a moment.';

function words({ kind, detail, reference }: InstallFailedPage): Words {
  switch (kind) {
    case 'missing':
    case 'forged':
      return {
        title: 'This way in did not begin here',
        why: `Slack sent you to this page, but nobody had asked for it from here. ${BEGIN_AGAIN}`,
      };
    case 'expired':
      return {
        title: 'That took too long',
        why: `For your safety this link is good for ten minutes. ${BEGIN_AGAIN}`,
      };
    case 'other_browser':
      return {
        title: 'Another browser, or blocked cookies',
        why: `The installation was begun in another browser or tab, or yours keeps no cookies. ${BEGIN_AGAIN}`,
      };
    case 'denied':
      return {
        title: 'Not installed',
        why: 'Slack says that it was not allowed. Nothing was installed and nothing is stored. If your workspace asks admins first, one of them has to allow it.',
      };
    case 'refused':
      return {
        title: 'Slack did not take it',
        why: `Slack answered “${detail}”. Its links work once and for ten minutes. ${BEGIN_AGAIN}`,
      };
    case 'lacking':
      return {
        title: 'It may do less than it needs',
        why: `Without ${detail} it could not work, so nothing was stored. Install it again and allow all that is asked for.`,
      };
    case 'broken':
      return {
        title: 'Something went wrong on our side',
        why: `Nothing was stored. Please try again. If it happens again, give whoever runs the bot this reference: ${reference}.`,
      };
  }
}

/** Why it has not worked, and what to do. */
export function installFailedPage(failure: InstallFailedPage): string {
  const { title, why } = words(failure);
  return page(
    title,
    html`<h1>${title}</h1>
<p class="lead">${why}</p>
<p><a class="button" href="${failure.installUrl}">Begin again</a></p>`,
    failure,
  );
}
