/** Searches a text from indexes that only increase, so that each part is read only once. */
export class Scanner {
  readonly #text: string;
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the next index of a string, or -1. */
  next(wanted: string, from: number): number {
    return this.nextThat(wanted, wanted, from, () => true);
  }

  /** Returns the next index of a string that passes the test, or -1. `name` identifies the test. */
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
