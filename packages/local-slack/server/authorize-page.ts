import type { ServerResponse } from 'node:http';
import type { Authorizations } from '../state/authorizations.ts';
import { Refusal } from '../state/refusal.ts';
import { sendJson } from './http.ts';

export const AUTHORIZE_PATH = '/oauth/v2/authorize';

/** Handles the browser's visit to install the app. Grants the installation without asking the user. */
export function serveAuthorize(url: URL, res: ServerResponse, authorizations: Authorizations): void {
  const given = (name: string): string | undefined => url.searchParams.get(name) || undefined;
  const state = given('state');
  try {
    if (given('client_id') !== authorizations.registration.clientId) throw new Refusal('invalid_client_id');
    const { url: location } = authorizations.authorize({
      redirectUri: given('redirect_uri') ?? authorizations.registration.redirectUris?.[0] ?? '',
      scopes: (given('scope') ?? '').split(/[ ,]+/).filter((scope) => scope !== ''),
      ...(state === undefined ? {} : { state }),
    });
    res.writeHead(302, { location }).end();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    sendJson(res, 400, { ok: false, error: error.code });
  }
}
