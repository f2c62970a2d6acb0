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
