import { createHash } from 'node:crypto';
import { type Content, Html, html } from './html.ts';

/** Of every page; system fonts, nothing loaded from anywhere. */
const CSS = `
:root { color-scheme: light dark; --ground: #f6f7f4; --paper: #fff; --ink: #1c2420; --quiet: #52605a;
  --line: #dbe1dc; --deep: #0b3d2e; --on-deep: #fff; --link: #0b5d43; }
@media (prefers-color-scheme: dark) { :root { --ground: #111715; --paper: #1a2320; --ink: #e9efec;
  --quiet: #a3b2ab; --line: #2c3833; --deep: #8fd3b6; --on-deep: #06261c; --link: #8fd3b6; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: clamp(1.25rem, 5vw, 3.5rem) 1.25rem 4rem; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.15; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
p, ul, dl { margin: 0 0 1rem; }
ul { padding-left: 1.2rem; }
li { margin: .25rem 0; }
a { color: var(--link); }
.lead { font-size: 1.125rem; color: var(--quiet); }
.button { display: inline-block; margin: .5rem 0 1rem; padding: .8rem 1.4rem; border-radius: .6rem;
  background: var(--deep); color: var(--on-deep); font-weight: 600; text-decoration: none; }
.button:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .8rem; padding: 1.1rem 1.25rem;
  margin: 1.5rem 0; overflow-wrap: anywhere; }
.card p:last-child, .card ul:last-child { margin-bottom: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .75rem; color: var(--quiet); }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--paper);
  border: 1px solid var(--line); border-radius: .35rem; padding: .05rem .35rem; overflow-wrap: anywhere; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet);
  font-size: .92rem; }
`;

const HASH = createHash('sha256').update(CSS).digest('base64');

/** Nothing runs on these pages and nothing is loaded by them, whatever gets into their text. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** Addresses that whoever runs the bot may have given. */
export interface Contact {
  readonly supportUrl: string | null;
  readonly privacyUrl: string;
}

/** A whole document. */
export function page(title: string, content: Content, { supportUrl, privacyUrl }: Contact): string {
  const links = [
    html`<a href="${privacyUrl}">Privacy</a>`,
    ...(supportUrl === null ? [] : [html` · <a href="${supportUrl}">Help</a>`]),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Html(CSS)}</style>
</head>
<body>
<main>
${content}
<footer>Django or Flask · ${links}</footer>
</main>
</body>
</html>
`.text;
}
