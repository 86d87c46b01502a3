/** App ids of the services whose permissions are rated; the same in every tenant and cloud. At most 15 fit one `in` filter. */
export const resourceApps = {
  graph: '00000003-0000-0000-c000-000000000000',
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  sharepoint: '00000003-0000-0ff1-ce00-000000000000',
  azureAdGraph: '00000002-0000-0000-c000-000000000000',
  defenderEndpoint: 'fc780465-2017-40d4-a0c5-307022471b92',
  defenderXdr: '8ee8fdad-f234-4243-8f3b-15c294843740',
} as const;
export type Resource = keyof typeof resourceApps;

/** Microsoft publishes its own apps from these two tenants. */
export const microsoftTenants: readonly string[] = ['f8cdef31-a31e-4b4a-93e4-5f571e91255a', '72f988bf-86f1-41af-91ab-2d7cd011db47'];

/** Microsoft's apps in whose name anybody's script calls Graph: a consent to them is a consent to the script. */
export const scriptingApps: readonly string[] = ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'de8bc8b5-d9f9-48b1-a8ad-b748da725064'];
