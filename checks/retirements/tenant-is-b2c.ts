import { organization } from '../../src/datasets/graph/organization.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** https://learn.microsoft.com/graph/api/resources/organization */
const kinds = ['AAD', 'AAD B2C', 'CIAM'];

export default defineCheck({
  id: 'tenant-is-b2c',
  title: 'The tenant is no Azure AD B2C directory',
  failTitle: 'The tenant is an Azure AD B2C directory',
  why: 'Microsoft no longer sells this product and supports it for a limited time. Apps that sign in customers with it have to move.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Azure AD B2C frequently asked questions', url: 'https://learn.microsoft.com/azure/active-directory-b2c/faq' },
    { label: 'Microsoft Entra External ID', url: 'https://learn.microsoft.com/entra/external-id/external-identities-overview' },
  ],
  remediation: {
    effort: 'high',
    impact: 'Customers sign in to a new directory; apps change their addresses.',
    steps: [
      'List the apps and user flows that use the directory.',
      'Make an external tenant of Microsoft Entra External ID and rebuild the flows there.',
      'Move apps and accounts one after another.',
    ],
    command: "Get-MgOrganization -Property 'id,displayName,tenantType'",
    rollback: 'Keep the old directory until every app has moved.',
  },
  needs: { organization },

  evaluate(evidence) {
    const { id, displayName, tenantType } = theOnly(evidence.organization, 'organization');
    if (!tenantType || !kinds.includes(tenantType))
      throw new UnknownEvidence(
        tenantType ? `The tenant is of the kind ${tenantType}, which is not known.` : 'Graph did not say of which kind the tenant is.',
        'Azure portal > Microsoft Entra ID > Overview: look at the kind of the tenant.',
      );
    const subject = { type: 'organization', id, name: displayName ?? id };
    return failIfAny(tenantType === 'AAD B2C' ? [{ subject, message: 'The tenant is a directory of Azure AD B2C.' }] : [], 1);
  },
});
