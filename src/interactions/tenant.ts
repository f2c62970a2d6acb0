import type { Context } from '@slack/bolt';

/** Whose data this is: the enterprise for an org-wide installation, else the workspace. */
export function tenantOf(context: Context): { readonly tenant: string; readonly workspace: string } {
  const workspace = context.teamId ?? context.enterpriseId;
  const tenant = context.isEnterpriseInstall ? context.enterpriseId : workspace;
  if (tenant === undefined || workspace === undefined) throw new Error('a payload without a workspace');
  return { tenant, workspace };
}
