/** Slack's error codes for a token that it does not accept. */
export const TOKEN_CODES: ReadonlySet<string> = new Set([
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'account_inactive',
  'not_authed',
]);
