import { describe, expect, it } from 'vitest';
import { judgeRetirements } from '../../src/advisories/retirement-radar.ts';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import type { Retirement } from '../../src/model/retirement.ts';
import type { CheckResult, DatasetRecord, RetirementRecord } from '../../src/model/run-record.ts';
import { datasetTextIn } from '../../src/report/dataset-texts.ts';
import { formatFor } from '../../src/report/format.ts';
import { retirementSourceOf, retirementTextsIn, textsOf } from '../../src/report/retirement-texts.ts';
import { shippedTexts } from '../../src/report/shipped-texts.ts';

const now = new Date('2026-08-20T12:00:00Z');
const german = formatFor('de');
const nothing = { results: [], datasets: [] };
const texts = retirementTextsIn(german, nothing);
const translated = shippedTexts('de', 'retirements');

function entryOf(id: string): Retirement {
  const entry = retirementEntries.find((each) => each.id === id);
  if (!entry) throw new Error(`No entry ${id}.`);
  return entry;
}

function recordOf(id: string, results: readonly CheckResult[] = []): RetirementRecord {
  const [record] = judgeRetirements([entryOf(id)], { results, now });
  return record as RetirementRecord;
}

describe('a retirement in German', () => {
  const record = recordOf('exo-smtp-auth-basic');

  it('has every text in German', () => {
    const { title, breaks, steps, milestones } = translated.get(record.id) ?? {};
    expect(texts(record)).toMatchObject({ title, breaks, steps, next: { date: '2026-12-31', what: milestones?.[0] } });
    expect(texts(record).langs).toEqual({ title: 'de-DE', breaks: 'de-DE', steps: 'de-DE', step: 'de-DE', because: 'de-DE' });
  });

  it('keeps everything that is no text', () => {
    const { langs: _, ...said } = texts(record);
    const { title, breaks, steps, next, because } = record;
    expect({ ...said, title, breaks, steps, next, because }).toEqual(record);
  });

  it('shows what an older run says as it was said, and marks just that', () => {
    const older = { ...record, title: 'SMTP AUTH with a password', next: { date: '2026-12-31', what: 'off for all', daysLeft: 133 } };
    const said = texts(older);
    expect(said).toMatchObject({ title: 'SMTP AUTH with a password', next: { what: 'off for all' }, breaks: translated.get(record.id)?.breaks });
    expect(said.langs).toMatchObject({ title: 'en', step: 'en', breaks: 'de-DE', steps: 'de-DE' });
    expect(texts({ ...record, steps: [...(record.steps ?? []), 'One more'] }).langs.steps).toBe('en');
    const { breaks: _, ...without } = record;
    expect(texts(without)).not.toHaveProperty('breaks');
  });

  it('shows a post of the tenant as Microsoft wrote it, even where its id is one of ours', () => {
    const post: RetirementRecord = { ...record, origin: 'messageCenter', because: 'x' };
    expect(texts(post)).toMatchObject({ title: record.title, langs: { title: 'en', breaks: 'en', because: 'en' } });
  });

  it('leaves another list of retirements alone', () => {
    expect(texts({ ...record, id: 'of-my-own' })).toMatchObject({ title: record.title, langs: { title: 'en' } });
  });

  it('is English in an English report, without a mark', () => {
    const said = retirementTextsIn(formatFor('en-US'), nothing)(record);
    expect(said).toEqual({ ...record, langs: { title: 'en-US', breaks: 'en-US', steps: 'en-US', step: 'en-US', because: 'en-US' } });
  });

  it('rests on every text the report may say', () => {
    const entry = entryOf('exo-ews');
    const { left: _, ...withoutLeft } = entry;
    const changes: Retirement[] = [
      { ...entry, title: 'x' },
      { ...entry, breaks: 'x' },
      { ...entry, steps: ['x'] },
      { ...entry, left: 'x' },
      { ...entry, milestones: entry.milestones.map((each) => ({ ...each, what: 'x' })) },
      { ...withoutLeft, look: [{ in: 'graph', at: 'x', exposedWhen: 'y' }] },
    ];
    for (const change of changes) expect(retirementSourceOf(change)).not.toBe(retirementSourceOf(entry));
    expect(retirementSourceOf({ ...entry, asOf: '2020-01-01', date: null, messageCenterIds: [] })).toBe(retirementSourceOf(entry));
    expect(textsOf(entry).milestones).not.toContain('October 2026 block announced');
  });
});

describe('why it is so, in German', () => {
  const of = (id: string, results: readonly CheckResult[] = [], datasets: readonly DatasetRecord[] = []) => {
    const said = retirementTextsIn(german, { results: [...results], datasets: [...datasets] })(recordOf(id, results));
    return [said.because, said.langs.because];
  };

  it('names the place, or what is left to a person', () => {
    expect(of('delve')).toEqual(['Das muss sich jemand ansehen: eigene Links', 'de-DE']);
    expect(of('entra-mfa-server', [{ check: checkOf('entra-mfa-server'), verdict: 'pass' }])[0]).toBe(
      'Die Prüfung hat nichts gefunden; was sie nicht sehen kann, bleibt offen: Server vor Ort: Ist Multi-Factor Authentication Server installiert?',
    );
  });

  it('names the sources that are missing', () => {
    expect(of('power-automate-http-trigger-urls')[0]).toBe(
      'Dafür müsste eine Quelle gelesen werden, die der Scan noch nicht liest (Verwaltungsschnittstelle von Power Platform und Netzwerkprotokolle). ' +
        'Die Antwort steht hier: Verwaltungsschnittstelle von Power Platform: Get-AdminFlow und in der Workflowdefinition der Triggertyp Request; ' +
        'Netzwerkprotokolle: Proxyprotokolle zu *.logic.azure.com',
    );
  });

  it('says what a check lacked', () => {
    const check = checkOf('entra-b2c');
    const detail = 'The tenant owns none of the service plans this needs: AAD_PREMIUM, AAD_PREMIUM_P2.';
    expect(of('entra-b2c', [{ check, verdict: 'notLicensed', cause: { reason: 'license', detail } }])).toEqual([
      'Ohne Lizenz nicht zu beurteilen; eine davon würde genügen: Microsoft Entra ID P1 (AAD_PREMIUM) oder Microsoft Entra ID P2 (AAD_PREMIUM_P2)',
      'de-DE',
    ]);
    expect(of('entra-b2c', [{ check, verdict: 'notLicensed', cause: { reason: 'license', detail: 'The service refuses' } }])[0]).toBe(
      'Ohne Lizenz nicht zu beurteilen',
    );
    expect(of('entra-b2c')).toEqual([`Die Prüfung ${check} gehörte nicht zu diesem Scan`, 'de-DE']);
  });

  it('says which data was not read, and which permission was missing', () => {
    const check = checkOf('entra-b2c');
    const about = 'Name, age, default domain and directory synchronisation of the tenant.';
    const dataset = { id: 'organization', about, source: 'graph', path: '/organization', permissions: ['Organization.Read.All'], ok: false, requests: 1 };
    const unread = (reason: 'permission' | 'throttled') =>
      of('entra-b2c', [{ check, verdict: 'error', cause: { reason, dataset: 'organization', detail: 'Refused.' } }], [{ ...dataset, reason }]);
    expect(unread('permission')[0]).toBe(
      'Nicht gelesen: Name, Alter, Standarddomäne und Verzeichnissynchronisierung des Mandanten. Dem Scan fehlt eine Berechtigung: Organization.Read.All',
    );
    expect(unread('throttled')[0]).toMatch(/Mandanten\. Microsoft hat die Zahl der Anfragen begrenzt$/);
  });

  it('stays English where it is a sentence of a check', () => {
    const check = checkOf('entra-b2c');
    const cause = { reason: 'check' as const, detail: 'The type of the tenant is not known.' };
    expect(of('entra-b2c', [{ check, verdict: 'error', cause }])).toEqual(['The type of the tenant is not known.', 'en']);
  });

  function checkOf(id: string): string {
    return entryOf(id).checks?.[0] ?? '';
  }
});

describe('a dataset in German', () => {
  it('is said in German where the record says what was translated, and else as it came', () => {
    const about = 'All accounts: names, member or guest, enabled or not, synchronised or not, date of creation.';
    expect(datasetTextIn(german, { id: 'users', about })).toEqual({
      about: 'Alle Konten: Namen, Mitglied oder Gast, aktiviert oder nicht, synchronisiert oder nicht, Tag der Erstellung',
      lang: null,
    });
    expect(datasetTextIn(german, { id: 'users', about: 'Accounts.' })).toEqual({ about: 'Accounts', lang: 'en' });
    expect(datasetTextIn(german, { id: 'ofMyOwn', about: 'Mine' })).toEqual({ about: 'Mine', lang: 'en' });
    expect(datasetTextIn(formatFor('en'), { id: 'users', about })).toMatchObject({ lang: null });
  });
});
