// Completes an installation: exchanges Slack's code for a token and stores it.
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logging.ts';
import type { Sealer } from '../runtime/seal.ts';
import { failureOf } from '../slack/failures.ts';
import type { Installation, Store } from '../store/store.ts';

/** The app's OAuth credentials, from its settings in Slack. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface WorkspacesParts {
  readonly store: Pick<Store, 'installations'>;
  readonly sealer: Sealer;
  readonly credentials: AppCredentials;
  readonly clientOptions: webApi.WebClientOptions;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Slack's response to a code; https://docs.slack.dev/reference/methods/oauth.v2.access */
const tokenResponse = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
  scope: z.string(),
  bot_user_id: z.string(),
  app_id: z.string(),
  is_enterprise_install: z.boolean().default(false),
  team: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  enterprise: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  authed_user: z.object({ id: z.string() }),
});
const self = z.object({ bot_id: z.string(), user: z.string().optional() });

/** Result of an installation. */
export type InstallResult =
  | { readonly kind: 'installed'; readonly installation: Installation; readonly appId: string }
  /** Slack refused the code; `code` is its error code. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Slack granted fewer scopes than the app needs; `scopes` are the missing ones. */
  | { readonly kind: 'lacking'; readonly scopes: readonly string[] };

/** A code that Slack sent with the browser after a person allowed the app. */
export interface GrantRequest {
  readonly code: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

/** Exchanges the code for a token and stores it encrypted. Rejects if Slack or the database doesn't respond. */
export async function install(
  { store, sealer, credentials, clientOptions, clock }: WorkspacesParts,
  asked: GrantRequest,
): Promise<InstallResult> {
  const anonymous = new webApi.WebClient(undefined, clientOptions);
  let answer: unknown;
  try {
    answer = await anonymous.oauth.v2.access({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      code: asked.code,
      redirect_uri: asked.redirectUri,
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'refused') return { kind: 'refused', code: failure.code };
    throw error;
  }
  const grant = tokenResponse.parse(answer);
  const allowed = grant.scope.split(',');
  const lacking = asked.scopes.filter((scope) => !allowed.includes(scope));
  if (lacking.length > 0) return { kind: 'lacking', scopes: lacking };
  const client = new webApi.WebClient(grant.access_token, clientOptions);
  const { bot_id, user } = self.parse(await client.auth.test());
  const isOrg = grant.is_enterprise_install;
  const place = isOrg ? grant.enterprise : grant.team;
  if (!place) throw new Error('Slack names neither a workspace nor an organization');
  const tenant = place.id;
  const installation: Installation = {
    tenant,
    enterprise: grant.enterprise?.id ?? null,
    team: isOrg ? null : place.id,
    name: place.name ?? tenant,
    botId: bot_id,
    botUser: grant.bot_user_id,
    botName: user ?? 'django-or-flask',
    installedBy: grant.authed_user.id,
    installedAt: clock.now(),
    token: sealer.seal(grant.access_token, tenant),
    refreshToken: grant.refresh_token === undefined ? null : sealer.seal(grant.refresh_token, tenant),
    expiresAt: grant.expires_in === undefined ? null : clock.now() + grant.expires_in * 1_000,
  };
  await store.installations.save(installation);
  return { kind: 'installed', installation, appId: grant.app_id };
}
