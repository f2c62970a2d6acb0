const SLACK = 'https://slack.com/';

/**
 * Whether an address for private words is one of Slack's own: under slack.com, or under the host of the Web API that
 * the bot uses. Nothing is ever posted anywhere else, whatever a payload names.
 *
 * @param apiUrl as SLACK_API_URL says; undefined means Slack's own
 */
export function replyAddresses(apiUrl: string | undefined): (address: unknown) => boolean {
  const hosts = [SLACK, ...(apiUrl === undefined ? [] : [apiUrl])].map((root) => new URL(root));
  return (address) => {
    const url = typeof address === 'string' ? URL.parse(address) : null;
    if (url?.username !== '' || url.password !== '') return false;
    return hosts.some(
      ({ protocol, hostname }) =>
        url.protocol === protocol && (url.hostname === hostname || url.hostname.endsWith(`.${hostname}`)),
    );
  };
}
