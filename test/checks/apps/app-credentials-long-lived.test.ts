import { expect } from 'vitest';
import check from '../../../checks/apps/app-credentials-long-lived.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { application, certificate, password } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const start = '2026-06-01T00:00:00Z';
const after = (days: number) => new Date(Date.parse(start) + days * 86_400_000).toISOString();
const secret = (days: number) => application({ passwordCredentials: [password(start, after(days))] });
const certified = (days: number) => application({ keyCredentials: [certificate(start, after(days))] });

checkTable(check, [
  { it: 'passes with a secret of 180 days', evidence: { applications: [secret(180)] }, expect: { pass: 1 } },
  { it: 'fails with a secret of 181 days', evidence: { applications: [secret(181)] }, expect: { fail: ['reg1'] } },
  { it: 'passes with a certificate of 365 days', evidence: { applications: [certified(365)] }, expect: { pass: 1 } },
  { it: 'fails with a certificate of 366 days', evidence: { applications: [certified(366)] }, expect: { fail: ['reg1'] } },
  {
    it: 'takes the limit from the settings',
    evidence: { applications: [secret(100)] },
    context: { settings: { ...defaultSettings, secretLifetimeDays: 90 } },
    expect: { fail: ['reg1'] },
  },
  {
    it: 'names an app once, with its longest login',
    evidence: { applications: [application({ passwordCredentials: [password(start, after(400)), password(start, after(800))] })] },
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { logins: 2, days: 800, kind: 'password' } }] }),
  },
  {
    it: 'does not count expired logins',
    evidence: { applications: [application({ passwordCredentials: [password('2020-01-01T00:00:00Z', '2022-01-01T00:00:00Z')] })] },
    expect: 'notApplicable',
  },
  { it: 'does not apply without logins', evidence: { applications: [application()] }, expect: 'notApplicable' },
  { it: 'is unknown without a start', evidence: { applications: [application({ passwordCredentials: [password(null, after(500))] })] }, expect: 'unknown' },
  { it: 'is unknown without an end', evidence: { applications: [application({ passwordCredentials: [password(start, null)] })] }, expect: 'unknown' },
  {
    it: 'still fails beside an unknown one',
    evidence: { applications: [application({ id: 'reg2', passwordCredentials: [password(start, null)] }), secret(200)] },
    expect: { fail: ['reg1'] },
  },
]);
