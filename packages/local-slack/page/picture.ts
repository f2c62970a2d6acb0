import type { VNode } from 'preact';
import { asObject, asText, type Json } from './api.ts';
import { el } from './element.ts';
import { isSafeUrl, link } from './link.ts';
import { plainText } from './text-object.ts';

const INLINE = /^data:image\/(?:png|jpeg|gif);base64,/;

/**
 * Renders a picture. Fetching it from another server would reveal the reader, so only inline data is shown as an
 * image. Other pictures show their alt text and URL.
 */
export function renderPicture(image: Json, kind: 'block' | 'small' = 'block'): VNode {
  const words = asText(image.alt_text);
  const url = asText(image.image_url) || asText(asObject(image.slack_file).url);
  if (INLINE.test(url)) return el(`img.picture.${kind}`, { src: url, alt: words });
  const title = plainText(image.title);
  if (kind === 'small') {
    return el('span.picture.small', { title: url }, sign(), isSafeUrl(url) ? link(url, words) : words);
  }
  return el(
    'figure.picture.block',
    {},
    el('div.frame', {}, sign(), el('span', {}, words)),
    el('figcaption', {}, title ? el('b', {}, title) : null, renderSource(image, url)),
  );
}

function renderSource(image: Json, url: string): VNode {
  if (isSafeUrl(url)) return link(url, 'Open the picture');
  const file = asText(asObject(image.slack_file).id);
  return el('span.hint', {}, file ? `File ${file} in Slack` : url);
}

const sign = (): VNode =>
  el(
    'svg',
    { width: 20, height: 16, viewBox: '0 0 20 16', 'aria-hidden': 'true' },
    el('path', {
      d: 'M1 1h18v14H1z M1 12l5-6 4 5 3-3 6 6 M14 5h.01',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.5,
    }),
  );

/** Renders a video's texts and a link to it. */
export function renderVideo(block: Json): VNode {
  const title = plainText(block.title);
  const by = [asText(block.author_name), asText(block.provider_name)].filter(Boolean).join(' · ');
  const address = asText(block.title_url) || asText(block.video_url);
  return el(
    'figure.picture.block',
    {},
    el('div.frame', {}, '▶ ', el('span', {}, asText(block.alt_text))),
    el(
      'figcaption',
      {},
      el('b', {}, link(address, title)),
      by ? el('span.hint', {}, by) : null,
      block.description === undefined ? null : el('span', {}, plainText(block.description)),
      link(asText(block.video_url), 'Open the video'),
    ),
  );
}

/** Renders a remote file. Apps can't send this block, but can read it. */
export const renderFile = (block: Json): VNode =>
  el('p.file', {}, `File (${asText(block.source)}): ${asText(block.external_id)}`);
