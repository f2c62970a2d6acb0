/** Remembers the tab in which each person's dialog opened, because Slack shows a dialog in one window only. */
export class DialogTabs {
  /** The tab of each person's last action; undefined if it came from a program. */
  readonly #acting = new Map<string, string | undefined>();
  readonly #opened = new Map<string, { readonly root: string; readonly tab: string | undefined }>();

  acted(person: string, tab: string | undefined): void {
    this.#acting.set(person, tab);
  }

  /** True if this tab shows the dialog with this root view. A new dialog belongs to the tab of the last action. */
  shows(person: string, root: string, tab: string): boolean {
    if (this.#opened.get(person)?.root !== root)
      this.#opened.set(person, { root, tab: this.#acting.get(person) });
    const owner = this.#opened.get(person)?.tab;
    return owner === undefined || owner === tab;
  }
}
