import { describe, expect, it } from 'vitest';
import { countedSignIn, requireOutcomes, type SignInUse, signInFindings } from '../../src/datasets/sign-in-uses.ts';

type Entry = Parameters<typeof countedSignIn>[1];

const entry = (change: Partial<Entry> = {}): Entry => ({ id: 'u1', name: 'anna@contoso.com', at: '2026-08-10T08:00:00Z', errorCode: 0, ...change });
const counted = (...entries: Entry[]) => entries.reduce((kept, each) => countedSignIn(kept, each), new Map<string, SignInUse>());

describe('countedSignIn', () => {
  it('is the same in any order', () => {
    const entries = [
      entry({ program: 'CLI' }),
      entry({ at: '2026-08-12T08:00:00Z', name: 'zoe@contoso.com' }),
      entry({ errorCode: null, program: 'PowerShell', at: '2026-08-19T08:00:00Z' }),
      entry({ id: 'u2', name: null }),
    ];
    expect(counted(...entries.toReversed())).toEqual(counted(...entries));
    expect(counted(...entries).get('u1')).toEqual({
      id: 'u1',
      name: 'zoe@contoso.com',
      signIns: 2,
      unknown: 1,
      last: '2026-08-12T08:00:00Z',
      programs: new Set(['CLI', 'PowerShell']),
    });
  });

  it('leaves refused sign-ins out altogether', () => expect(counted(entry({ errorCode: 50126 })).size).toBe(0));
});

describe('findings', () => {
  it('are about who signed in successfully, by name', () => {
    const uses = counted(entry({ id: 'b', name: 'b@contoso.com' }), entry({ id: 'a', name: null }), entry({ id: 'c', errorCode: null }));
    const findings = signInFindings(uses, 'user', ({ name, signIns }) => `${name} ${signIns}`);
    expect(findings.map(({ subject, message }) => [subject.name, message])).toEqual([
      ['a', 'a 1'],
      ['b@contoso.com', 'b@contoso.com 1'],
    ]);
  });

  it('are not to be had where no outcome is told', () => {
    expect(() => requireOutcomes(counted(entry({ errorCode: undefined })), 'to Azure')).toThrow('sign-ins to Azure succeeded');
    expect(() => requireOutcomes(counted(entry()), 'to Azure')).not.toThrow();
  });
});
