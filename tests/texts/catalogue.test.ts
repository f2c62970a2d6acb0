/** docs/texts.md is up to date, and has every sentence of the source. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { CATALOGUE, findUnplayed, renderCatalogue, SPEAKING_FILES } from './catalogue.ts';
import { type Sample, SCREENS } from './samples.ts';
import { playStory } from './story.ts';
import { stringsIn } from './strings.ts';

let samples: Sample[];
let catalogue: string;

beforeAll(async () => {
  samples = await playStory();
  catalogue = renderCatalogue(samples);
}, 180_000);

/**
 * Sentences that the story doesn't reach, by file. docs/texts.md shows them under “In the source only”, so they are
 * read as well.
 */
const UNPLAYED: readonly { readonly file: string; readonly most: number; readonly because: string }[] = [
  {
    file: 'src/blocks/wording.ts',
    most: 1,
    because: 'The name of the starting points, which dialogs explain instead.',
  },
  {
    file: 'src/features/card/parts.ts',
    most: 2,
    because: 'Rare advice without a flip. People who agree on every question.',
  },
  {
    file: 'src/features/card/reasoning-message.ts',
    most: 1,
    because: 'Rare advice: solid, but most similar projects chose differently.',
  },
  {
    file: 'src/features/card/reasons-dialog.ts',
    most: 1,
    because: 'The same rare advice.',
  },
  {
    file: 'src/features/overview/history-message.ts',
    most: 1,
    because: 'Shown only while Slack refuses to delete a card.',
  },
  {
    file: 'src/features/privacy/forget-dialog.ts',
    most: 4,
    because: 'Large deletions, several cards, and the person who installed the app.',
  },
  {
    file: 'src/features/privacy/message.ts',
    most: 2,
    because: 'The person who installed the app, and requests in the queue.',
  },
  {
    file: 'src/features/question/answer-parts.ts',
    most: 1,
    because: 'A kind of project that is too close to call.',
  },
  {
    file: 'src/features/question/message.ts',
    most: 1,
    because: 'More questions in one message than the bot answers.',
  },
  {
    file: 'src/features/record/madr-arguments.ts',
    most: 1,
    because: 'A choice whose reasons are all said already.',
  },
  {
    file: 'src/features/record/madr-sections.ts',
    most: 1,
    because: 'Disputes that change the verdict only together.',
  },
  {
    file: 'src/features/record/madr.ts',
    most: 3,
    because: 'A card whose link Slack refused, and rare advice without a flip.',
  },
  { file: 'src/features/revisit/dialog.ts', most: 1, because: 'Rare advice without a flip.' },
  {
    file: 'src/features/revisit/message.ts',
    most: 2,
    because: 'Rare advice without a flip, and a check that comes to agree with the decision.',
  },
];

it('docs/texts.md is what the bot says; `npm run texts -- --write` renews it', () => {
  const [kept, now] = [readFileSync(CATALOGUE, 'utf8').split('\n'), catalogue.split('\n')];
  // From the first difference on: the whole file would fill the screen.
  const from = now.findIndex((line, i) => line !== kept[i]);
  if (from >= 0) expect(kept.slice(from, from + 20)).toEqual(now.slice(from, from + 20));
  expect(kept.length).toBe(now.length);
});

it('every screen has something to say', () => {
  expect(SCREENS.filter((screen) => !samples.some((sample) => sample.screen === screen))).toEqual([]);
});

it('finds the sentences of the source', () => {
  const texts = SPEAKING_FILES.flatMap(stringsIn).map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(1_000);
});

it('every sentence of the source is said in the story, except a few', () => {
  const unplayed = findUnplayed(samples);
  const tooMany = unplayed.filter(({ file }) => {
    const most = UNPLAYED.find((one) => one.file === file)?.most ?? 0;
    return unplayed.filter((one) => one.file === file).length > most;
  });
  expect(tooMany.map(({ file, line, text }) => `${file}:${line}: ${text}`)).toEqual([]);
});

it('no exception is larger than it must be', () => {
  const unplayed = findUnplayed(samples);
  const larger = UNPLAYED.filter(
    ({ file, most }) => unplayed.filter((one) => one.file === file).length < most,
  );
  expect(larger.map(({ file }) => file)).toEqual([]);
});
