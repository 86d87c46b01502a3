import { describe, expect, it } from 'vitest';
import { deadlines } from '../../src/advisories/deadlines.ts';
import { hotpatchMissesBaseline, takesHotpatches } from '../../src/advisories/hotpatch.ts';
import { issueState, issueTouches, productLine } from '../../src/advisories/known-issues.ts';
import { overdueFixes } from '../../src/advisories/overdue-fixes.ts';
import type { SecurityUpdate, UpdateFixes } from '../../src/advisories/security-updates.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { windowsLines } from '../../src/advisories/windows.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { defaultSettings } from '../../src/model/settings.ts';

const snapshot = loadSnapshot();
const now = new Date('2026-08-20T12:00:00Z');

describe('overdue fixes', () => {
  const overdueOf = overdueFixes(snapshot, now, defaultSettings);

  it('are none where everything is installed', () => {
    expect(overdueOf('10.0.26100.9168', false)).toEqual({ exploited: [], critical: [], unjudged: [] });
  });

  it('are counted from the listing where that came after the fix', () => {
    const [hole] = overdueOf('10.0.26100.8037', false)?.exploited ?? [];
    expect(hole).toMatchObject({ id: 'CVE-2026-32202', kb: 'KB5083769', released: '2026-04-14' });
    expect(hole?.listed && hole.listed > hole.released).toBe(true);
    const days = (Date.parse(hole?.due ?? '') - Date.parse(hole?.listed ?? '')) / 86_400_000;
    expect(days).toBe((hole?.days ?? Number.NaN) + 1);
  });

  it('are due by the settings where these name days', () => {
    const [hole] = overdueFixes(snapshot, now, { ...defaultSettings, exploitedDeadlineDays: 30 })('10.0.26100.8037', false)?.exploited ?? [];
    expect(hole).toMatchObject({ id: 'CVE-2026-32202', listed: '2026-04-28', due: '2026-05-29', days: 30, assumed: [] });
    expect(overdueFixes(snapshot, now, { ...defaultSettings, exploitedDeadlineDays: 200 })('10.0.26100.8037', false)?.exploited).toEqual([]);
  });

  it('are due on the day that the table of deadlines says', () => {
    for (const exploitedDeadlineDays of [undefined, 1, 45]) {
      const settings = { ...defaultSettings, ...(exploitedDeadlineDays ? { exploitedDeadlineDays } : {}) };
      const [hole] = overdueFixes(snapshot, now, settings)('10.0.26100.8037', false)?.exploited ?? [];
      const fixes = { sets: { microsoft: false, cvss: false, kev: true, threeDays: false }, ids: ['CVE-2026-32202'], exploited: [], complete: true };
      const update = { date: '2026-04-14' } as SecurityUpdate;
      const deadline = deadlines(snapshot, settings, now)('own', update, fixes as unknown as UpdateFixes);
      const routine = '2026-05-14';
      expect(deadline).toMatchObject({ state: 'due' });
      expect(deadline.state === 'due' && isoDay(deadline.at)).toBe([hole?.due ?? '', routine].sort()[0]);
    }
  });

  it('name months of which nobody knows what they fix', () => {
    expect(overdueOf('10.0.26100.8655', false)).toEqual({ exploited: [], critical: [], unjudged: ['2026-07', '2026-08'] });
  });

  it('add up the critical fixes of one update', () => {
    expect(overdueOf('10.0.26100.8457', false)?.critical).toEqual([{ kb: 'KB5094126', build: 26100, critical: 18, released: '2026-06-09', due: '2026-06-23' }]);
  });

  it('are not known without a revision, a line or a version', () => {
    for (const version of ['10.0.26100', '10.0.27999.1', 'Windows 7', null, undefined]) expect(overdueOf(version, false)).toBeNull();
  });
});

describe('hotpatches', () => {
  const lines = windowsLines(snapshot, now);

  it('need Enterprise and 24H2', () => {
    expect(takesHotpatches('10.0.26100.1', ['enterprise', 'ltsc', 'iot'])).toBe(true);
    expect(takesHotpatches('10.0.26200.1', ['enterprise'])).toBe(true);
    expect(takesHotpatches('10.0.26100.1', ['enterprise', 'pro'])).toBe(false);
    expect(takesHotpatches('10.0.26100.1', ['ltsc'])).toBe(false);
    expect(takesHotpatches('10.0.26100.1', null)).toBe(false);
    expect(takesHotpatches('10.0.22631.1', ['enterprise'])).toBe(false);
    expect(takesHotpatches(null, ['enterprise'])).toBe(false);
  });

  it('stop where the baseline of the quarter is missing', () => {
    expect(hotpatchMissesBaseline(lines, '10.0.26100.8390', now, 14)).toBe('2026-07');
    expect(hotpatchMissesBaseline(lines, '10.0.26100.9106', now, 14)).toBeNull();
    expect(hotpatchMissesBaseline(lines, '10.0.26100.8457', now, 14)).toBeNull();
    expect(hotpatchMissesBaseline(lines, '10.0.26100', now, 14)).toBeNull();
    expect(hotpatchMissesBaseline(lines, '10.0.27999.1', now, 14)).toBeNull();
  });
});

describe('known issues', () => {
  const line = { build: 26100, server: false };
  const issue = { id: 'WI1', status: 'confirmed', originatingKnowledgeBaseArticle: { id: '5121003' }, resolvingKnowledgeBaseArticle: null };

  it('belong to a line of builds', () => {
    expect(productLine(snapshot, 'Windows 11, version 24H2')).toEqual(line);
    expect(productLine(snapshot, 'Windows Server 2025')).toEqual({ build: 26100, server: true });
    expect(productLine(snapshot, 'Windows 12')).toBeNull();
  });

  it('touch what has the update that brought them', () => {
    const touches = issueTouches(snapshot, line, issue);
    expect(touches('10.0.26100.9168', false)).toBe('touched');
    expect(touches('10.0.26100.8875', false)).toBe('untouched');
    expect(touches('10.0.26200.9168', false)).toBe('untouched');
    expect(touches('10.0.26100', false)).toBe('unknown');
    expect(touches(null, false)).toBe('unknown');
  });

  it('are open, closed or in a state nobody knows yet', () => {
    expect(['reported', 'mitigated', 'resolvedExternal', 'new'].map((status) => issueState({ ...issue, status }))).toEqual([
      'open',
      'closed',
      'closed',
      'unknown',
    ]);
  });
});
