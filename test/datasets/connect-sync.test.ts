import { describe, expect, it } from 'vitest';
import { requireSyncIdentities, synchronizes, syncIdentities } from '../../src/datasets/connect-sync.ts';
import type { User } from '../../src/datasets/graph/users.ts';

const account = (id: string, userPrincipalName: string, change: Partial<User> = {}): [string, User] => [
  id,
  {
    ...{ id, userPrincipalName, accountEnabled: true, userType: 'Member', external: false, onPremisesSyncEnabled: false, createdDay: null, synchronizes: true },
    ...change,
  },
];
const app = (displayName: string | null, accountEnabled = true) => ({ id: `sp-${displayName}`, displayName, accountEnabled });

describe('who synchronises', () => {
  it('is told by accounts and apps, by name', () => {
    const users = new Map([account('s', 'Sync_DC1_1@a.onmicrosoft.com'), account('c', 'ADToAADSyncServiceAccount@a.onmicrosoft.com')]);
    const found = syncIdentities(users, [app('ConnectSyncProvisioning_DC1_1'), app('Backup'), app(null)]);
    expect(found.connect.map(({ name }) => name)).toEqual(['ConnectSyncProvisioning_DC1_1', 'Sync_DC1_1@a.onmicrosoft.com']);
    expect(found.cloudSync).toBe(true);
  });

  it('is not told by what is switched off', () => {
    const users = new Map([account('s', 'Sync_DC1_1@a.onmicrosoft.com', { accountEnabled: false })]);
    const found = syncIdentities(users, [app('ConnectSyncProvisioning_DC1_1', false)]);
    expect(found).toEqual({ connect: [], cloudSync: false });
    expect(() => requireSyncIdentities(found)).toThrow('neither the account nor the app');
  });

  it.each([
    [true, true],
    [false, false],
    [null, false],
    [undefined, false],
  ])('onPremisesSyncEnabled %s', (onPremisesSyncEnabled, expected) => expect(synchronizes({ onPremisesSyncEnabled })).toBe(expected));
});
