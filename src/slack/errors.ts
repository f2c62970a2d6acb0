/** Errors that this bot raises about Slack. Errors of Slack's own calls are in failures.ts. */

/** There is no installation for this tenant: nothing can be done there until somebody installs the app again. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';

  constructor(tenant: string) {
    super(`the app is not installed in ${tenant}`);
  }
}

/** Slack gives no new token for the old one any more: nothing can be done there until the app is installed again. */
export class TokenLost extends Error {
  override name = 'TokenLost';

  /** @param code Slack's word for it */
  constructor(tenant: string, code: string) {
    super(
      `Slack does not renew the token of ${tenant} any more (${code}): the app has to be installed there again`,
    );
  }
}

/** The address that Slack gave for a file did not take it. Nothing was shown anywhere, so it may be tried again. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly code: string;

  constructor(code: string) {
    super(`the upload was refused: ${code}`);
    this.code = code;
  }
}
