import type { ContextBlock } from '@slack/types';
import type { Rubric } from '../../advice/rubric/schema.ts';
import type { Citation } from '../../advice/search/answer-question.ts';
import { escapeMrkdwn, mrkdwn, textLength } from '../../blocks/text.ts';

/** Slack allows 3,000 characters in one text. The sources of a real question need at most two thirds of that. */
const MOST_IN_A_TEXT = 2_900;

/** Returns "STX Next, 2019, in our words; no language model took part." */
export function describeSource({ publisher, published }: Rubric['article']): string {
  return `${publisher}, ${published.slice(0, 4)}, in our words; no language model took part.`;
}

/** The small print under an answer: the article, and the sources of later corrections by citation. */
export function sourcesBlock(rubric: Rubric, citations: readonly Citation[]): ContextBlock {
  const { article, sources } = rubric;
  const lines = citations.flatMap(({ number, notes }) => {
    const links = notes
      .flatMap((note) => note.sources)
      .flatMap((id) => {
        const source = sources.get(id);
        const url = source?.urls[0];
        return source && url !== undefined ? [link(url, source.title)] : [];
      });
    return links.length === 0 ? [] : [`Since then, on [${number}]: ${[...new Set(links)].join('; ')}`];
  });
  const origin = `${link(article.url, article.title)} ${escapeMrkdwn(describeSource(article))}`;
  return { type: 'context', elements: [mrkdwn(asManyAsFit([origin, ...lines]))] };
}

const link = (url: string, title: string): string => `<${escapeMrkdwn(url)}|${escapeMrkdwn(title)}>`;

function asManyAsFit(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const longer = `${text}\n${line}`;
    return textLength(longer) <= MOST_IN_A_TEXT ? longer : text;
  });
}
