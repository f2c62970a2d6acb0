/** The catalogue: everything the bot can say, grouped by screen, to be read from top to bottom. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { renderPage, visible } from './render.ts';
import { type Sample, SCREENS } from './samples.ts';
import { looksLikeSentence, oneLine, ROOT, type SourceString, stringsIn } from './strings.ts';

/** The file that keeps the catalogue. */
export const CATALOGUE = resolve(ROOT, 'docs/texts.md');

/** Source files with sentences that people read in Slack or on the install pages. */
export const SPEAKING_FILES = globSync(
  [
    'src/{features,interactions,blocks,delivery}/**/*.ts',
    'src/slack/failures*.ts',
    'src/installs/pages/*.ts',
  ],
  { cwd: ROOT },
).sort();

const WIDTH = 100;

/** Returns the catalogue as Markdown. */
export function renderCatalogue(samples: readonly Sample[]): string {
  return `${[
    '# What the bot says',
    '',
    'Every sentence by screen: the longest example of each thing, then other sentences that it can have. ' +
      '`npm run texts -- --write` renews this file.',
    ...SCREENS.flatMap((screen) =>
      renderScreen(
        screen,
        samples.filter((sample) => sample.screen === screen),
      ),
    ),
    ...renderUnplayed(findUnplayed(samples)),
    ...renderRubric(),
  ].join('\n')}\n`;
}

function renderScreen(screen: string, samples: readonly Sample[]): string[] {
  const titles = [...new Set(samples.map(({ title }) => title))];
  const seen = new Set<string>();
  // Titles for the rest have only what the named states don't show.
  const inOrder = titles.toSorted((a, b) => Number(isLeftover(a)) - Number(isLeftover(b)));
  return [
    '',
    `## ${screen}`,
    ...inOrder.flatMap((title) => {
      const shown = samples.filter((sample) => sample.title === title).map((sample) => sample.shown);
      const longest = shown.toSorted((a, b) => b.length - a.length)[0] ?? '';
      const whole = isLeftover(title) ? [] : longest.split('\n');
      const example = withoutRepetitions(whole, seen);
      for (const line of whole) seen.add(shapeOf(line));
      const others = shown
        .flatMap((text) => text.split('\n'))
        .filter((line) => {
          const isNew = /\p{L}{2}/u.test(line) && !seen.has(shapeOf(line)) && !saysRubric(line);
          seen.add(shapeOf(line));
          return isNew;
        })
        .map((line) => `- ${line.replace(/^\s*[-•]\s*/, '')}`);
      if (example.length === 0 && others.length === 0) return [];
      return [
        '',
        `### ${title}`,
        ...(example.length === 0 ? [] : fenced(example)),
        ...(others.length === 0 ? [] : ['', 'Other sentences:', ...fenced(others)]),
      ];
    }),
  ];
}

/** Lines of one shape that an example shows: enough to see how a list reads. */
const MOST_ALIKE = 2;

/** Shortens long lists of the same thing, and menus that an earlier example of the screen has. */
function withoutRepetitions(lines: readonly string[], seen: ReadonlySet<string>): string[] {
  const times = new Map<string, number>();
  return lines
    .flatMap((line) => {
      const shape = shapeOf(line);
      if (line.startsWith('  ▾')) return seen.has(shape) ? [] : [line];
      if (shape.length < 10 || /^(?:#|\[)/.test(line)) return [line];
      const time = (times.get(shape) ?? 0) + 1;
      times.set(shape, time);
      if (time > MOST_ALIKE + 1) return [];
      return time > MOST_ALIKE ? ['…'] : [line];
    })
    .filter((line, i, all) => line !== '…' || all[i - 1] !== '…');
}

/** Texts of the rubric that the section “Rubric” has anyway. */
const readRubricShapes = (): string[] =>
  RUBRIC_FILES.flatMap(rubricTexts)
    .map(({ text }) => shapeOf(text))
    .filter((shape) => shape.split(' ').length > 4);
let rubricShapes: readonly string[] | undefined;

function saysRubric(line: string): boolean {
  rubricShapes ??= readRubricShapes();
  const shape = shapeOf(line);
  return rubricShapes.some((text) => shape.includes(text));
}

const isLeftover = (title: string): boolean => title === 'Other states' || title === 'Other replies';

/** Returns a line without what changes from one project to the next: people, numbers, names and typed words. */
function shapeOf(line: string): string {
  return line
    .replace(/@\w+/g, '@')
    .replace(/“[^”]*”/g, '“”')
    .replace(/\d+/g, '0')
    .replace(
      /Billing portal|Sensor gateway|Shop platform|Report service|Pet sitters|Intranet tool|Stuck by \w+|Project \d+|Lost (?:one|again|for good)|Refused later|In a thread|No files|Sensors|Data API|Secret plan|Gone/g,
      'NAME',
    )
    .replace(/[^\p{L}@“”]+/gu, ' ')
    .trim();
}

function fenced(lines: readonly string[]): string[] {
  return ['', '```text', ...lines.flatMap(wrapped).map((line) => line.replaceAll('```', "'''")), '```'];
}

/** Wraps a line at the width, with an indent after the first. */
function wrapped(line: string): string[] {
  if (line.length <= WIDTH) return [line.trimEnd()];
  const indent = /^\s*(?:[-•>#]|\d+\.)?\s*/.exec(line)?.[0].replace(/\S/g, ' ') ?? '';
  const out: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const space = rest.lastIndexOf(' ', WIDTH);
    const at = space > indent.length ? space : rest.indexOf(' ', WIDTH);
    if (at < 0) break;
    out.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at + 1);
  }
  return [...out, rest.trimEnd()];
}

/** Returns the pieces of a source string that would be visible on its own: without tags in a page's HTML. */
function piecesOf({ file, text }: SourceString): string[] {
  const pieces = file.startsWith('src/installs/pages/')
    ? renderPage(text.replace(/^[^<]*">|<[^>]*$/g, '\n')).split('\n')
    : visible(text).split('\n');
  return pieces
    .map((piece) => oneLine(piece.replace(/^(?:[-•]|#+) |^[>|]|<[#@]?$|>$/g, '')))
    .filter(looksLikeSentence);
}

/** Returns sentences of the source that no sample contains. A sentence may begin with a capital letter only when shown. */
export function findUnplayed(samples: readonly Sample[]): SourceString[] {
  const corpus = oneLine(
    samples
      .flatMap(({ shown, message }) => [shown, visible(String(message?.text ?? ''))])
      .join('\n')
      .replace(/[[\]]/g, ''),
  ).toLowerCase();
  return SPEAKING_FILES.flatMap(stringsIn).flatMap((string) =>
    piecesOf(string)
      .filter((piece) => !corpus.includes(piece.replace(/[[\]]/g, '').toLowerCase()))
      .map((text) => ({ ...string, text })),
  );
}

function renderUnplayed(strings: readonly SourceString[]): string[] {
  const files = [...new Set(strings.map(({ file }) => file))];
  return [
    '',
    '## In the source only',
    '',
    'Sentences, or parts of them, that the story behind this file does not reach.',
    ...files.flatMap((file) => [
      '',
      `### ${file}`,
      ...fenced(strings.filter((string) => string.file === file).map(({ text }) => `- ${text}`)),
    ]),
  ];
}

export const RUBRIC_FILES = globSync('src/advice/rubric/*.yml', { cwd: ROOT }).sort();

/** Returns the texts of a rubric file, each with its place in the file. */
export function rubricTexts(file: string): SourceString[] {
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [oneLine(value)];
    if (typeof value !== 'object' || value === null) return [];
    return Object.values(value).flatMap(texts);
  };
  const source = readFileSync(resolve(ROOT, file), 'utf8');
  return texts(parse(source)).map((text) => {
    const at = source.indexOf(text.slice(0, 30));
    return { file, line: source.slice(0, Math.max(at, 0)).split('\n').length, text };
  });
}

/** The rubric's own sentences. Words that only help to find them, and the projects' names, are left out. */
function renderRubric(): string[] {
  return [
    '',
    '## Rubric',
    ...RUBRIC_FILES.filter((file) => !/(?:synonyms|projects)\.yml$/.test(file)).flatMap((file) => {
      const lines = rubricTexts(file).map(({ text }) => text);
      return [
        '',
        `### ${file}`,
        ...fenced(lines.filter((line) => / /.test(line)).map((line) => `- ${line}`)),
      ];
    }),
  ];
}
