// The HTML frame and the HTTP headers that all pages share.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Html, html, link, nameHtml, trustedHtml } from './html.ts';

/** Facts about the app that every page needs. */
export interface AppOnPages {
  readonly appName: string;
  /** The slash command, with its slash. */
  readonly command: string;
  readonly supportUrl?: string | undefined;
  readonly privacyUrl?: string | undefined;
}

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** `wide` has room for two columns; `narrow` is the default. */
  readonly width?: 'wide' | 'narrow';
}

/**
 * Content of every page's `<style>` element. Carriage returns are removed, because browsers normalize line breaks
 * before they compare the hash with the content security policy.
 */
const STYLE: string = readFileSync(new URL('./style.css', import.meta.url), 'utf8').replaceAll('\r', '');

/** The app's logo: two boxes, one of them ticked. */
export const LOGO: Html = trustedHtml(
  '<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">' +
    '<rect class="ground" width="32" height="32" rx="8" fill="#0b3d2e"/>' +
    '<rect x="6" y="9" width="9" height="14" rx="2.5" fill="#fff"/>' +
    '<path d="m8 16 2 2.2 3.3-4.4" fill="none" stroke="#0b3d2e" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>' +
    '<rect x="18" y="10" width="7" height="12" rx="1.6" fill="none" stroke="#8fd9b6" stroke-width="2"/>' +
    '</svg>',
);

const ICON = `data:image/svg+xml,${encodeURIComponent(
  LOGO.toString().replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" '),
)}`;

/** Renders an HTML document around a page's content. */
export function renderDocument(app: AppOnPages, { title, main, width = 'narrow' }: Page): string {
  const links = [
    ...(app.supportUrl === undefined ? [] : [link(app.supportUrl, 'Support')]),
    ...(app.privacyUrl === undefined ? [] : [link(app.privacyUrl, 'Privacy')]),
  ];
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${ICON}">
<style>${trustedHtml(STYLE)}</style>
</head>
<body class="${width}">
<header class="top">${LOGO}<span class="app">${nameHtml(app.appName)}</span></header>
<main>${main}</main>
<footer class="bottom">
${links.length === 0 ? null : html`<nav aria-label="About this app">${links}</nav>`}
<p>An app for Slack, not made by Slack.</p>
</footer>
</body>
</html>
`}`;
}

/** Returns a title for the browser's tab: the page's headline and the app's name. */
export const titleWithApp = (app: AppOnPages, headline: string): string => `${headline} · ${app.appName}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Content security policy: pages load, run, submit and frame nothing, except their own style and icon. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Returns the HTTP headers of a page.
 *
 * @param about `state` for pages of an installation, which must not be cached. The other value is for pages that are
 *   equal for all visitors and may be cached for five minutes, such as the privacy page.
 * @param publicUrl the bot's own address; if it is https, browsers must not use http
 * @public
 */
export function pageHeaders(about: 'state' | 'everybody', publicUrl = ''): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': about === 'state' ? 'no-store' : 'public, max-age=300',
    'content-security-policy': POLICY,
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // A page's address may contain Slack's code and the state, which no other site may see.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    // One year, without includeSubDomains: other hosts of the domain might not support https.
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
