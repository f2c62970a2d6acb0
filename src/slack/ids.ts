/** Shapes of Slack's ids. */

/** A person or a bot. */
export const USER_ID = /^[UWB][A-Z0-9]{1,30}$/;
/** A workspace or an organisation. */
export const TENANT_ID = /^[TE][A-Z0-9]{1,30}$/;
