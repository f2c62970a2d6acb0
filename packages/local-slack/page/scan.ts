/** Looks for what comes next in a text, from places that only move forward: each part is read once. */
export class Scanner {
  readonly #text: string;
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The next place of a string from here on, or -1. */
  next(wanted: string, from: number): number {
    return this.nextThat(wanted, wanted, from, () => true);
  }

  /** The next place of a string that passes; `name` is of this kind of question. */
  nextThat(name: string, wanted: string, from: number, passes: (at: number) => boolean): number {
    const known = this.#found.get(name);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    let at = this.#text.indexOf(wanted, from);
    while (at !== -1 && !passes(at)) at = this.#text.indexOf(wanted, at + 1);
    this.#found.set(name, at);
    return at;
  }
}

export const isWord = (letter: string | undefined): boolean =>
  letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
export const isSpace = (letter: string | undefined): boolean => letter === undefined || /\s/.test(letter);
