// Checks that the files of the rubric share.
import type { YamlPath } from './read-yaml.ts';
import { type Condition, type Note, UNSURE } from './schema.ts';

/** Ids by kind. Null if their file couldn't be read. */
export interface KnownIds {
  readonly claims: ReadonlySet<string> | null;
  /** Claims that a note calls reversed or outdated, with that note. */
  readonly denied: ReadonlyMap<string, Note>;
  readonly sources: ReadonlySet<string> | null;
  /** Option ids by question id. */
  readonly options: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Checks that report a problem with its place in a file. */
export class Checks {
  readonly report: (path: YamlPath, problem: string) => void;
  readonly #known: KnownIds;

  constructor(known: KnownIds, report: (path: YamlPath, problem: string) => void) {
    this.#known = known;
    this.report = report;
  }

  unique(path: YamlPath, items: readonly { readonly id: string }[]): void {
    const seen = new Set<string>();
    for (const [i, { id }] of items.entries()) {
      if (seen.has(id)) this.report([...path, i, 'id'], `${id} is there twice`);
      seen.add(id);
    }
  }

  claim(path: YamlPath, id: string): void {
    if (this.#known.claims?.has(id) === false) this.report(path, `there is no claim ${id}`);
  }

  claims(path: YamlPath, ids: readonly string[]): void {
    for (const [i, id] of ids.entries()) this.claim([...path, i], id);
  }

  /** Reports claims that no reason on the card may rest on: unknown ones, and those that a dated note denies. */
  reasons(path: YamlPath, ids: readonly string[]): void {
    this.claims(path, ids);
    for (const [i, id] of ids.entries()) {
      const note = this.#known.denied.get(id);
      if (note)
        this.report(
          [...path, i],
          `${id} can’t be a reason, because the note ${note.id} calls it ${note.status}`,
        );
    }
  }

  sources(path: YamlPath, ids: readonly string[]): void {
    for (const [i, id] of ids.entries()) {
      if (this.#known.sources?.has(id) === false) this.report([...path, i], `there is no source ${id}`);
    }
  }

  trait(path: YamlPath, id: string): void {
    if (this.#known.options?.has(id) === false) this.report(path, `there is no question ${id}`);
  }

  condition(path: YamlPath, condition: Condition | undefined): void {
    for (const [trait, wanted] of Object.entries(condition ?? {})) this.#options(path, trait, wanted);
  }

  /** Reports answers that aren't options of their question. `unsure` is an option of every question. */
  answers(path: YamlPath, answers: Readonly<Record<string, string>>): void {
    for (const [trait, option] of Object.entries(answers)) {
      if (option !== UNSURE) this.#options(path, trait, [option]);
    }
  }

  conditions(path: YamlPath, conditions: readonly Condition[]): void {
    for (const [i, condition] of conditions.entries()) this.condition([...path, i], condition);
  }

  #options(path: YamlPath, trait: string, wanted: readonly string[]): void {
    this.trait([...path, trait], trait);
    const options = this.#known.options?.get(trait);
    for (const [i, id] of wanted.entries()) {
      if (options?.has(id) === false)
        this.report([...path, trait, i], `question ${trait} has no option ${id}`);
    }
  }
}
