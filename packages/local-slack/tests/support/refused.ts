import { webApi } from '@slack/bolt';

/** The error of a call that must fail. */
export async function errorOf(call: Promise<webApi.WebAPICallResult>): Promise<string> {
  const data = await call.then(
    () => ({ error: 'none' }),
    (error: unknown) => (error instanceof webApi.WebAPIPlatformError ? error.data : { error: String(error) }),
  );
  return data.error;
}
