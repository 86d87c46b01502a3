import { describe, expect, it } from 'vitest';
import { applicationRisk, delegatedRisk, signInScopes } from '../../src/advisories/permission-risk.ts';
import { retiredPermission, retiredPermissions, retiredScope, retiredScopes } from '../../src/advisories/retired-permissions.ts';
import { retiredProducts, retiredProductsIn } from '../../src/advisories/retired-products.ts';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { detectabilityOf } from '../../src/advisories/retirements/detection.ts';
import { retirementsNamedByEntra } from '../../src/datasets/named-by-entra.ts';
import { resourceApps } from '../../src/lib/app-ids.ts';

describe('risk of a permission', () => {
  it.each([
    [resourceApps.graph, 'RoleManagement.ReadWrite.Directory', 'takeover', 'direct'],
    [resourceApps.graph, 'Application.ReadWrite.All', 'takeover', 'indirect'],
    [resourceApps.graph, 'Mail.Read', 'tenantData', undefined],
    [resourceApps.exchange, 'full_access_as_app', 'tenantData', undefined],
    [resourceApps.sharepoint, 'Sites.FullControl.All', 'tenantData', undefined],
    [resourceApps.graph, 'UserAuthMethod-TAP.ReadWrite.All', 'takeover', 'direct'],
    [resourceApps.graph, 'Domain-InternalFederation.ReadWrite.All', 'takeover', 'direct'],
  ])('%s %s is %s', (resource, permission, tier, path) => {
    const risk = applicationRisk(resource, permission);
    expect(risk).toMatchObject({ tier, reason: expect.stringMatching(/^(can|has) /) });
    expect(risk?.path).toBe(path);
  });

  it('rates by service: a tenant’s own API may use the same name', () => {
    expect(applicationRisk('99999999-0000-0000-0000-000000000000', 'Mail.Read')).toBeUndefined();
    expect(delegatedRisk('99999999-0000-0000-0000-000000000000', 'Mail.Read')).toBeUndefined();
  });

  it('does not rate what Exchange grants mailbox by mailbox', () => expect(applicationRisk(resourceApps.exchange, 'IMAP.AccessAsApp')).toBeUndefined());

  it('takes no property of JavaScript objects for a permission', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(applicationRisk(resourceApps.graph, name)).toBeUndefined();
  });

  it('never rates a scope that only tells who signed in', () => {
    for (const scope of signInScopes) expect(delegatedRisk(resourceApps.graph, scope)).toBeUndefined();
  });
});

describe('tables of what ends', () => {
  const ids = new Set(retirementEntries.map((entry) => entry.id));
  it('name entries of the list of retirements', () => {
    expect(retiredPermissions.filter((each) => !ids.has(each.retirement))).toEqual([]);
    expect(retiredScopes.filter((each) => !ids.has(each.retirement))).toEqual([]);
    expect(retiredProducts.filter((each) => !ids.has(each.retirement))).toEqual([]);
    expect([...retirementsNamedByEntra.values()].filter((id) => !ids.has(id))).toEqual([]);
  });
  it('name entries that the check with the table decides, all of them', () => {
    const tabled = new Set([...retiredPermissions, ...retiredScopes].map(({ retirement }) => retirement));
    const wired = retirementEntries.filter(({ checks }) => checks?.includes('retired-api-permission-held')).map(({ id }) => id);
    expect([...tabled].sort()).toEqual(wired);
  });
  it('hold both kinds of permission wherever permissions alone decide', () => {
    const onlyApps = ['onenote-graph-app-only'];
    const decided = retirementEntries.filter((entry) => entry.checks?.includes('retired-api-permission-held') && detectabilityOf(entry) === 'automatic');
    for (const { id } of decided) {
      expect(
        retiredPermissions.some(({ retirement }) => retirement === id),
        `application permissions of ${id}`,
      ).toBe(true);
      expect(
        retiredScopes.some(({ retirement }) => retirement === id),
        `delegated permissions of ${id}`,
      ).toBe(!onlyApps.includes(id));
    }
  });
  it('name nothing twice', () => {
    for (const table of [retiredPermissions, retiredScopes]) {
      const keys = table.map(({ resource, permission }) => `${resource} ${permission}`);
      expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    }
  });
  it('find a scope whatever the letter case of the service’s id', () => {
    expect(retiredScope(resourceApps.graph.toUpperCase(), 'PrivilegedAccess.Read.AzureAD')?.retirement).toBe('entra-pim-iteration2');
    expect(retiredScope(resourceApps.graph, 'Notes.Read.All')).toBeUndefined();
  });
  it('tell the old mail interface from Graph', () => {
    expect(retiredPermission(resourceApps.exchange, 'Mail.Read')?.retirement).toBe('outlook-rest-api-v2');
    expect(retiredPermission(resourceApps.graph, 'Mail.Read')).toBeUndefined();
  });
  it('do not take a plan that suites carry along for the product', () => {
    expect(retiredProductsIn('SPE_E5', ['KAIZALA_STANDALONE'])).toEqual([]);
    expect(retiredProductsIn('PROJECTPREMIUM', ['SHAREPOINT_PROJECT']).map((each) => each.name)).toEqual(['Project Online']);
  });
});
