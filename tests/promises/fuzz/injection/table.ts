import { toOneLine } from '../../../../src/blocks/text.ts';
import { CELLS, type Cell } from './places.ts';
import { HARMLESS, MARK, SNIPPETS } from './snippets.ts';
import { type Rendered, structureOf, wordsOf } from './structure.ts';

/** Something typed that came out as more, or other, than the text that it is. */
export interface Injection {
  readonly field: string;
  readonly place: string;
  readonly text: string;
  readonly problems: readonly string[];
}

export interface Figures {
  /** Fields × places × snippets at which something comes out. */
  readonly cells: number;
  readonly broken: number;
}

/** Every hostile text in every field, at every place where that comes out. */
export function inject(onInjection: (injection: Injection) => void): Figures {
  const figures = { cells: 0, broken: 0 };
  for (const cell of CELLS) {
    const harmless = cell.render(HARMLESS);
    if (!comesOut(harmless)) continue;
    const structure = structureOf(harmless).join('\n');
    for (const text of SNIPPETS) {
      figures.cells += 1;
      const problems = problemsAt(cell, text, structure);
      if (problems.length === 0) continue;
      figures.broken += 1;
      onInjection({ field: cell.field, place: cell.place, text, problems });
    }
  }
  return figures;
}

/** Fields and places at which that field comes out. */
export function placesUsed(): readonly string[] {
  return CELLS.filter((cell) => comesOut(cell.render(HARMLESS))).map(
    ({ field, place }) => `${field}: ${place}`,
  );
}

const comesOut = (rendered: Rendered): boolean =>
  [wordsOf(rendered), ...(rendered.inputs ?? [])].some((words) => words.includes(MARK));

/** Turns the writing around; those by which we isolate it are left out where they come in pairs. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/;
const CONTROLS = /(?![\n\t])\p{Cc}/u;

/** What is wrong with one text at one place, whose structure with a harmless text is this. */
export function problemsAt(cell: Cell, text: string, structure: string): string[] {
  const rendered = cell.render(text);
  const found = structureOf(rendered).join('\n');
  const words = wordsOf(rendered);
  const read = [words, ...(rendered.inputs ?? [])].join('\n');
  const problems: string[] = [];
  if (found !== structure) problems.push(`it is more than text: ${difference(structure, found)}`);
  if (!words.isWellFormed()) problems.push('half a character');
  if (rendered.html === undefined && TURNING.test(words)) problems.push('turns the writing around');
  if (rendered.html === undefined && CONTROLS.test(words)) problems.push('a control character');
  // A page isolates with elements of its own.
  if (rendered.html === undefined && !isolatesInPairs(words)) problems.push('ends what isolates it');
  const literal = plainOf(cell.shown?.(text) ?? text);
  if (rendered.raw === undefined && !plainOf(read).includes(literal))
    problems.push(`is not to be read: ${literal.slice(0, 40)}`);
  if (rendered.raw !== undefined && !/^[a-z0-9][a-z0-9.-]*$/.test(rendered.raw))
    problems.push(`a file called ${rendered.raw}`);
  return problems;
}

function isolatesInPairs(words: string): boolean {
  let depth = 0;
  for (const letter of words) {
    if (letter === '\u2068') depth += 1;
    if (letter === '\u2069') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What a reader reads of it: without what shows nothing, and however its lines are broken. */
const plainOf = (text: string): string =>
  toOneLine(text)
    .replace(/[\u2060\u2068\u2069\ufffd]/g, '')
    .replace(/^\s*>\s?/gm, '')
    .replace(/[\p{Cc}\s]+/gu, '');

function difference(structure: string, found: string): string {
  const before = structure.split('\n');
  const more = found.split('\n').filter((tag) => {
    const at = before.indexOf(tag);
    if (at >= 0) before.splice(at, 1);
    return at < 0;
  });
  return JSON.stringify({ more, less: before }).slice(0, 300);
}
