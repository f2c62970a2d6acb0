// Errors that the bot raises about Slack. Failed Web API calls are in failures.ts.

/** The app is not installed for this tenant. The bot can do nothing there until an admin installs it again. */
export class NotInstalled extends Error {
  override name = 'NotInstalled';

  constructor(tenant: string) {
    super(`the app is not installed in ${tenant}`);
  }
}

/** Slack refuses to renew the tenant's token. The bot can do nothing there until an admin installs the app again. */
export class TokenLost extends Error {
  override name = 'TokenLost';

  /** @param code Slack's error code */
  constructor(tenant: string, code: string) {
    super(
      `Slack does not renew the token of ${tenant} any more (${code}): the app has to be installed there again`,
    );
  }
}

/** Slack's upload address refused the file. Slack has shown nothing, so a retry is safe. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly code: string;

  constructor(code: string) {
    super(`the upload was refused: ${code}`);
    this.code = code;
  }
}
