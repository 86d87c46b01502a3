import { describe, expect, it } from 'vitest';
import { isOutside, isVerified, ownershipOf, publisherText } from '../../src/datasets/app-ownership.ts';
import { tenantId } from '../support/app-rows.ts';

const outside = '11111111-2222-4333-8444-555555555555';

describe('ownership', () => {
  it.each([
    [{ appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' }, 'microsoft'],
    [{ appOwnerOrganizationId: '72F988BF-86F1-41AF-91AB-2D7CD011DB47' }, 'microsoft'],
    [{ appOwnerOrganizationId: tenantId.toUpperCase() }, 'own'],
    [{ appOwnerOrganizationId: null, servicePrincipalType: 'ManagedIdentity' }, 'own'],
    [{ appOwnerOrganizationId: outside }, 'thirdParty'],
    [{ appOwnerOrganizationId: null }, 'unknown'],
    [{}, 'unknown'],
  ])('%j is %s', (app, expected) => expect(ownershipOf(app, tenantId)).toBe(expected));

  it('counts an app without an owner as outside', () => {
    expect(isOutside({ appOwnerOrganizationId: null }, tenantId)).toBe(true);
    expect(isOutside({ appOwnerOrganizationId: tenantId }, tenantId)).toBe(false);
  });
});

describe('publisher', () => {
  it.each([[null], [undefined], [{ displayName: null, verifiedPublisherId: null }], [{ displayName: 'Fabrikam', verifiedPublisherId: '' }]])(
    '%j is not verified',
    (verifiedPublisher) => expect(isVerified({ verifiedPublisher })).toBe(false),
  );

  it('is named in one phrase', () => {
    expect(publisherText({ appOwnerOrganizationId: outside, verifiedPublisher: { displayName: 'Fabrikam', verifiedPublisherId: '1' } }, tenantId)).toBe(
      'verified publisher Fabrikam',
    );
    expect(publisherText({ appOwnerOrganizationId: outside, verifiedPublisher: null }, tenantId)).toBe('publisher not verified');
    expect(publisherText({ appOwnerOrganizationId: null, verifiedPublisher: null }, tenantId)).toBe('unknown owner, publisher not verified');
  });
});
