/** Plain English in comments, strings and exported names, as far as a search can decide it. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { RUBRIC_FILES, rubricTexts } from './texts/catalogue.ts';
import { stringsIn } from './texts/strings.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FILES = globSync(['src/**/*.{ts,sql,css}', 'packages/**/*.{ts,js,css}'], {
  cwd: ROOT,
  exclude: (path) => path === 'node_modules' || path === 'tests',
});

/** Phrases that read like a translation. */
const PHRASES = [
  'whoever',
  'somebody',
  'anybody',
  'nobody',
  'everybody',
  'anew',
  'for ever',
  'of then',
  'of now',
  'none other',
  'is told of',
  'what is no',
  'such a one',
  'so that nobody',
  'to the letter',
  'to the last point',
  '(takes?|renews?|serves?) no more',
  "of one[’']s own",
];
const PHRASE = new RegExp(`\\b(${PHRASES.join('|')})\\b`, 'i');

/** First words of comments that only describe, instead of naming a value or saying what a function does. */
const FIRST_WORDS = /^(What|Whether|Where|Of|Those|The same)\b/;

/** Exported names that say too little outside their file. */
const VAGUE_NAMES = [
  'within',
  'first',
  'all',
  'run',
  'text',
  'list',
  'Said',
  'Placed',
  'Turn',
  'Waiting',
  'Words',
];

/** Comments that may break a rule: the file and the words, with the reason. */
const ALLOWED: readonly { readonly file: string; readonly words: string; readonly because: string }[] = [];

interface Comment {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Comments of a file. Lines of one comment are joined, because a phrase may cross a line. */
function commentsIn(file: string): Comment[] {
  const comments: Comment[] = [];
  let open: { line: number; words: string[] } | null = null;
  const close = (): void => {
    if (open) comments.push({ file, line: open.line, text: open.words.join(' ').trim() });
    open = null;
  };
  for (const [i, line] of readFileSync(resolve(ROOT, file), 'utf8').split('\n').entries()) {
    const [, words] = /^\s*(?:\/\/|\/\*\*?|\*\/?(?=\s|$)|--(?=\s))\s?(.*?)(?:\s*\*\/)?$/.exec(line) ?? [];
    const [, after] = words === undefined ? (/\s\/\/ (.*)$/.exec(line) ?? []) : [];
    const text = words ?? after;
    if (text === undefined || after !== undefined || /^\s*\/\*/.test(line)) close();
    if (text === undefined) continue;
    open ??= { line: i + 1, words: [] };
    open.words.push(text);
    if (after !== undefined || /\*\/\s*$/.test(line)) close();
  }
  close();
  return comments;
}

const COMMENTS = FILES.flatMap(commentsIn);
const isAllowed = ({ file, text }: Comment): boolean =>
  ALLOWED.some((one) => one.file === file && text.includes(one.words));
const shown = ({ file, line, text }: Comment): string => `${file}:${line}: ${text.slice(0, 120)}`;

it('finds comments of every kind', () => {
  const own = commentsIn('tests/language.test.ts').map(({ text }) => text);
  expect(own).toContain('Phrases that read like a translation.');
  expect(COMMENTS.length).toBeGreaterThan(1_000);
});

it('no comment reads like a translation', () => {
  expect(COMMENTS.filter((comment) => PHRASE.test(comment.text) && !isAllowed(comment)).map(shown)).toEqual(
    [],
  );
});

it('comments start with a noun or a verb', () => {
  expect(
    COMMENTS.filter((comment) => FIRST_WORDS.test(comment.text) && !isAllowed(comment)).map(shown),
  ).toEqual([]);
});

it('exported names say what they name', () => {
  const vague = new RegExp(
    `^export (?:async )?(?:function|const|class|interface|type) (${VAGUE_NAMES.join('|')})\\b`,
    'gm',
  );
  const found = FILES.flatMap((file) =>
    [...readFileSync(resolve(ROOT, file), 'utf8').matchAll(vague)].map(([, name]) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

it('every exception still has its comment', () => {
  expect(
    ALLOWED.filter((one) => !COMMENTS.some((comment) => isAllowed(comment) && comment.file === one.file)),
  ).toEqual([]);
});

/** Words that people use in questions, not ours. */
const THEIR_WORDS = 'src/advice/rubric/synonyms.yml';

const STRINGS = [
  ...FILES.filter((file) => /\.[jt]s$/.test(file)).flatMap(stringsIn),
  ...RUBRIC_FILES.filter((file) => file !== THEIR_WORDS).flatMap(rubricTexts),
];
/** Strings of several words. A single word may be an id. */
const BROKEN = STRINGS.filter(({ text }) => text.includes(' ') && PHRASE.test(text));

it('finds strings of every kind', () => {
  const own = stringsIn('tests/language.test.ts').map(({ text }) => text);
  expect(own).toContain('finds strings of every kind');
  expect(STRINGS.length).toBeGreaterThan(5_000);
});

it('no string reads like a translation', () => {
  expect(BROKEN.map(shown)).toEqual([]);
});
