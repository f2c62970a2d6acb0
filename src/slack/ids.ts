// Formats of Slack's ids.

/** Id of a person or a bot. */
export const USER_ID = /^[UWB][A-Z0-9]{1,30}$/;
/** Id of a workspace or an organisation. */
export const TENANT_ID = /^[TE][A-Z0-9]{1,30}$/;
