/** Slack's refusal of a request, with its error code. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: string;
  /** Additional fields of the response, such as `response_metadata`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(code: string, more: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}
