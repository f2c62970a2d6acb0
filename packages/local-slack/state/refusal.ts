/** What Slack refuses, by its own word for it. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  /** Further fields of the answer, such as `response_metadata`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(code: string, more: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}
