import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnyDataset, Needs } from '../../src/kit/kit.ts';
import { UnknownEvidence } from '../../src/kit/kit.ts';
import { planScan } from '../../src/plan/plan.ts';
import { catalogue } from '../support/catalogue.ts';
import { tableContext } from '../support/check-table.ts';
import { root } from '../support/root.ts';

const rows = catalogue.map(({ check, area }) => [`${area}/${check.id}`, check, area] as const);

describe('every check', () => {
  it('the catalogue is whole', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(36);
    expect(new Set(catalogue.map(({ check }) => check.title)).size).toBe(catalogue.length);
    expect(new Set(catalogue.map(({ check }) => check.failTitle)).size).toBe(catalogue.length);
    expect(() => planScan(catalogue, [])).not.toThrow();
  });

  it.each(rows)('%s speaks in sentences', (_name, check) => {
    expect(check.title).not.toBe(check.failTitle);
    for (const title of [check.title, check.failTitle]) expect(title).toMatch(/^[A-Z0-9“"].*[^.\s]$/);
    expect(check.why).toMatch(/[.!?]$/);
    const texts = [check.title, check.failTitle, check.why, check.remediation.impact, check.remediation.rollback, ...check.remediation.steps];
    for (const text of texts) {
      expect(text, 'filled in').not.toMatch(/FILL IN|TODO|lorem/i);
      expect(text, 'no markup').not.toMatch(/<\/?[a-z]+>|\*\*|\]\(/i);
      expect(text.length).toBeGreaterThan(3);
    }
  });

  it.each(rows)('%s cites Microsoft Learn over https', (_name, check) => {
    expect(check.references.some(({ url }) => url.startsWith('https://learn.microsoft.com/'))).toBe(true);
    for (const { url } of check.references) expect(url).toMatch(/^https:\/\//);
  });

  it.each(rows)('%s names controls by known frameworks, each once', (_name, check) => {
    const known =
      /^(CISA SCuBA|CIS M365 \d\.0|EIDSCA|NIST SP 800-53|MITRE ATT&CK|ISO 27001.*|ORCA|CISA BOD 26-04|PCI DSS.*|Cyber Essentials|Essential Eight.*|CIS Controls.*)$/;
    const keys = check.controls.map(({ framework, id }) => `${framework} ${id}`);
    for (const { framework } of check.controls) expect(framework).toMatch(known);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(rows)('%s has its table', async (_name, check, area) => {
    const table = await readFile(join(root, 'test/checks', area, `${check.id}.test.ts`), 'utf8');
    expect(table).toContain('checkTable(');
  });

  it.each(rows)('%s is pure', async (_name, check, area) => {
    const text = await readFile(join(root, 'checks', area, `${check.id}.ts`), 'utf8');
    const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, ' ');
    for (const banned of [
      /\bnode:/,
      /\bfetch\b/,
      /Date\.now/,
      /new Date\(\)/,
      /Math\.random/,
      /\bprocess\b/,
      /\bawait\b/,
      /\basync\b/,
      /\bconsole\b/,
      /\bcatch\b/,
    ])
      expect(code).not.toMatch(banned);
  });

  it.each(rows)('%s never throws and never guesses on empty evidence', (_name, check) => {
    const evidence: Record<string, unknown> = {};
    for (const [name, dataset] of Object.entries(check.needs as Record<string, AnyDataset>)) evidence[name] = dataset.keep.start();
    for (const name of Object.keys((check.needsIfLicensed ?? {}) as Needs)) evidence[name] = { ok: false, reason: 'license', detail: 'none', fix: 'none' };
    for (const name of Object.keys((check.wants ?? {}) as Needs)) evidence[name] = { ok: false, reason: 'permission', detail: 'none', fix: 'none' };
    try {
      expect(['pass', 'fail', 'manual', 'notApplicable']).toContain(check.evaluate(evidence as never, tableContext).verdict);
    } catch (error) {
      expect(error).toBeInstanceOf(UnknownEvidence);
    }
  });

  it('retired ids are never used again', async () => {
    const file = join(root, 'docs/retired-check-ids.txt');
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    const retired = exists ? (await readFile(file, 'utf8')).split('\n').filter(Boolean) : [];
    expect(catalogue.filter(({ check }) => retired.includes(check.id))).toEqual([]);
  });
});
