import { webApi } from '@slack/bolt';

/** The error of a call that must fail. */
export async function errorOf(call: Promise<webApi.WebAPICallResult>): Promise<string> {
  const data = await call.then(
    () => ({ error: 'none' }),
    (error: unknown) => (error instanceof webApi.WebAPIPlatformError ? error.data : { error: String(error) }),
  );
  return data.error;
}

/** Slack's error code and the first of its messages. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof webApi.WebAPIPlatformError)) return String(error);
  return `${error.data.error} ${error.data.response_metadata?.messages?.[0] ?? ''}`;
}
