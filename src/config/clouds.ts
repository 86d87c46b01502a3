/** Sign-in and Graph of Microsoft's clouds: https://learn.microsoft.com/graph/deployments */
export const clouds = {
  global: { authority: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  usgov: { authority: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  usgovdod: { authority: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  china: { authority: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
} as const;

export type CloudName = keyof typeof clouds;
export const cloudNames = Object.keys(clouds) as CloudName[];

/** Whether an authority is one of Microsoft's own, for which instance discovery stays on. */
export function isKnownAuthority(authority: string): boolean {
  const { host } = new URL(authority);
  return Object.values(clouds).some((cloud) => new URL(cloud.authority).host === host);
}
