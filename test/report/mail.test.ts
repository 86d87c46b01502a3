import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/model/run-record.ts';
import type { RenderOptions } from '../../src/report/renderer.ts';
import { mailView } from '../../src/report/view-mail.ts';
import { rendered, textOf } from '../support/rendered.ts';
import { checkMeta, finding, hostileNames, manyFindings, sampleRun } from '../support/sample-run.ts';

async function mailOf(run: RunRecord, options: RenderOptions = {}): Promise<{ html: string; text: string; eml: string }> {
  const documents = new Map((await rendered(run, ['mail'], options)).map(({ fileName, content }) => [fileName, String(content)]));
  return { html: documents.get('mail.html') ?? '', text: documents.get('mail.txt') ?? '', eml: documents.get('mail.eml') ?? '' };
}

/** Everything a tenant can name bears a hostile name of full length. */
function hostileRun(): RunRecord {
  const long = hostileNames.join(' ').slice(0, 9_000);
  const run = sampleRun();
  return {
    ...run,
    tenant: { ...run.tenant, name: long, domain: long },
    checks: run.checks.map((check) => ({ ...check, title: long, failTitle: long, why: long, needs: [long] })),
    results: run.results.map((result) => ({
      ...result,
      owner: long,
      ...(result.verdict === 'fail' ? { findings: hostileNames.map((name, at) => finding(`${result.check} ${at}`, name, { message: name })) } : {}),
    })),
    datasets: [
      {
        id: long,
        about: long,
        source: 'graph',
        path: '/',
        permissions: hostileNames.map((name) => `${name}${long}`),
        ok: false,
        requests: 1,
        reason: 'permission',
      },
    ],
    measures: run.measures.map((measure) => ({ ...measure, label: long, because: long })),
    retirements: Array.from({ length: 300 }, (_, at) => ({
      id: `r${at}`,
      title: `${long}${at}`,
      date: '2026-10-01',
      daysLeft: 42,
      exposure: 'exposed' as const,
      subjects: [],
      messageCenterIds: [],
      breaks: long,
    })),
  };
}

const link = { reportLink: 'https://reports.contoso.example/2026-08' };
const earlier = sampleRun({
  finishedAt: '2026-07-20T12:00:00Z',
  startedAt: '2026-07-20T11:00:00Z',
  results: sampleRun().results.map((result) => (result.verdict === 'fail' ? { check: result.check, verdict: 'pass' as const } : result)),
});

describe('the mail', () => {
  it('says the score with its coverage, eight answers, what to do first, what ends soon and what was not judged', async () => {
    const { text } = await mailOf(sampleRun(), { previous: earlier });
    for (const part of [
      '71 of 100',
      '81.8 %',
      'What changed since 20 July 2026',
      'Eight questions',
      '8. Not judged',
      'Do first',
      '1. Old sign-in protocols are not blocked for everyone',
      'owner IT operations',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/- Exchange Web Services: 1 October 2026, in 42 days, confirm the date with\s+Microsoft/);
    expect(text).toContain('DeviceManagementManagedDevices.Read.All');
    expect(text.split('\n').filter((line) => line.length > 78 && line.includes(' '))).toEqual([]);
  });

  it('shows no number where there is no score', async () => {
    const { html, text, eml } = await mailOf(sampleRun({ score: { value: null, coverage: 0.4, because: 'Too little.' } }));
    expect(text).toContain('No score');
    expect(text).not.toContain('of 100');
    expect(html).not.toContain('class="bar-fill"');
    expect(eml).not.toMatch(/^Subject:.*score \d/m);
  });

  it('says the same in the page and in the text', async () => {
    const { html, text } = await mailOf(sampleRun(), { previous: earlier });
    const words = (source: string) =>
      source
        .replace(/<[^>]+>/g, ' ')
        .replace(/&#?\w+;/g, ' ')
        .replace(/\s+/g, ' ');
    for (const line of text.split('\n').filter((each) => /^(\d\. )?[A-Z][\w ]+$/.test(each))) expect(words(html)).toContain(line.replace(/^\d\. /, ''));
  });

  it('speaks German', async () => {
    const { html, text } = await mailOf(sampleRun(), { locale: 'de-DE', previous: earlier });
    expect(html).toContain('<html lang="de');
    for (const word of ['Acht Fragen', 'Zuerst erledigen', 'Was sich seit dem 20. Juli 2026 geändert hat', '19 neu'])
      expect(text.replace(/\s+/g, ' ')).toContain(word);
  });

  it.each<[string, RunRecord, RenderOptions]>([
    ['hostile names of ten thousand characters', hostileRun(), { previous: earlier }],
    ['50,000 findings', manyFindings(50_000, 391), { previous: manyFindings(10, 2) }],
    ['all of them gone', manyFindings(10, 2), { previous: manyFindings(50_000, 391) }],
  ])('stays below what Gmail shows: %s', async (_what, run, options) => {
    for (const locale of ['en-GB', 'de-DE']) {
      const { html, text } = await mailOf(run, { ...options, ...link, locale });
      expect(Buffer.byteLength(html)).toBeLessThan(100_000);
      expect(Buffer.byteLength(text)).toBeLessThan(30_000);
    }
  });

  it('holds nothing that mail programs drop or distrust, whatever the names are', async () => {
    const { html } = await mailOf(hostileRun(), { previous: earlier, ...link });
    const tags = [...html.replace(/<!--[\s\S]*?-->/g, '').matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag?.toLowerCase());
    expect([...new Set(tags)].sort()).toEqual([
      'a',
      'b',
      'body',
      'br',
      'div',
      'h1',
      'h2',
      'head',
      'html',
      'meta',
      'p',
      'span',
      'style',
      'table',
      'td',
      'title',
      'tr',
    ]);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)).toEqual([link.reportLink]);
    expect(html).not.toMatch(/url\(|@import|\son\w+="/);
    for (const table of html.match(/<table[^>]*>/g) ?? []) expect(table).toContain('role="presentation"');
    expect(html.match(/<style>[\s\S]*?<\/style>/)?.[0].length).toBeLessThan(8_000);
  });

  it('fills every bar to the whole', async () => {
    for (const counts of [
      [1, 0, 0, 0],
      [1, 1, 1, 0],
      [1, 400, 1, 1],
      [3, 3, 3, 3],
      [0, 0, 0, 0],
    ]) {
      const checks = counts.flatMap((count, at) =>
        Array.from({ length: count }, (_, index) =>
          checkMeta({ id: `c${at}-${index}`, severity: (['critical', 'high', 'medium', 'low'] as const)[at] ?? 'low' }),
        ),
      );
      const run = sampleRun({
        checks,
        results: checks.map(({ id }) => ({ check: id, verdict: 'fail' as const, findings: [finding('a', 'A')] })),
        controls: [],
        retirements: [],
        measures: [],
      });
      const widths = mailView(run, {}).openBar.map(({ width }) => width);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(counts.some((count) => count > 0) ? 100 : 0);
      expect(widths.every((width) => width > 0)).toBe(true);
    }
  });

  it('bears the name of who sends it', async () => {
    const brand = { name: 'Nordlicht IT, "Süd"', color: '#aa00bb', contact: 'help@nordlicht.example', footer: 'One.\n\nTwo.' };
    const view = mailView(sampleRun(), { brand });
    expect(view).toMatchObject({ accent: '#aa00bb', kicker: 'Nordlicht IT, "Süd" · Microsoft 365 report', contact: 'Questions: help@nordlicht.example' });
    expect(view.footer.slice(0, 2)).toEqual(['One.', 'Two.']);
    expect(() => mailView(sampleRun(), { brand: { color: 'red;background:url(x)' } })).toThrow(RangeError);
  });
});

interface Opened {
  defects: string[];
  headers: Record<string, string>;
  parts: { type: string; name: string | null; content: string }[];
}

/** Python's own parser of messages, which knows nothing of ours. */
function opened(eml: string): Opened {
  const script = `
import sys, json, email, email.policy
message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
defects = [repr(d) for part in message.walk() for d in part.defects] + [repr(d) for k in message.keys() for d in message[k].defects]
parts = [{'type': p.get_content_type(), 'name': p.get_filename(), 'content': p.get_content()} for p in message.walk() if not p.is_multipart()]
print(json.dumps({'defects': defects, 'headers': {k: str(v) for k, v in message.items()}, 'parts': parts}))`;
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input: eml, encoding: 'utf8', maxBuffer: 50_000_000 });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Opened;
}

const noPython = spawnSync('python3', ['-c', 'import email.policy']).status !== 0;

describe.skipIf(noPython)('the message, opened by Python (skipped where there is none)', () => {
  const lines = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();

  it('holds the text, the page and the report', async () => {
    const run = sampleRun();
    const { html, text, eml } = await mailOf(run);
    const { defects, headers, parts } = opened(eml);
    expect(defects).toEqual([]);
    expect(headers).toMatchObject({ 'MIME-Version': '1.0', Date: 'Thu, 20 Aug 2026 12:04:40 +0000', 'X-Unsent': '1' });
    expect(headers.Subject).toBe(mailView(run, {}).subject);
    expect(parts.map(({ type, name }) => [type, name])).toEqual([
      ['text/plain', null],
      ['text/html', null],
      ['text/html', 'report.html'],
    ]);
    expect(parts.map(({ content }) => lines(content))).toEqual([text, html, await textOf('html', run)].map(lines));
  });

  it('holds no report where that is linked', async () => {
    const { parts, defects } = opened((await mailOf(sampleRun(), link)).eml);
    expect(defects).toEqual([]);
    expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    for (const { content } of parts) expect(content).toContain(link.reportLink);
  });

  it.each(['Grün\r\nBcc: everybody@contoso.example', '=?utf-8?Q?fake?=', '日本語の会社'.repeat(20), '👩‍👩‍👧 family', hostileNames.join(' ')])(
    'lets no name add a header: %s',
    async (name) => {
      const run = sampleRun({ tenant: { ...sampleRun().tenant, name } });
      const { defects, headers } = opened((await mailOf(run, { ...link, brand: { name } } as RenderOptions)).eml);
      expect(defects).toEqual([]);
      expect(Object.keys(headers)).toEqual(['From', 'Subject', 'Date', 'Message-ID', 'X-Unsent', 'MIME-Version', 'Content-Language', 'Content-Type']);
      expect(headers.Subject).toBe(mailView(run, {}).subject);
      expect(headers.From).toMatch(/<sender@tidytenant\.invalid>$/);
    },
  );
});

describe('the message', () => {
  it('is ASCII in short lines that end as they must', async () => {
    for (const run of [sampleRun(), hostileRun()]) {
      const { eml } = await mailOf(run, { previous: earlier });
      expect(eml).toMatch(/^[\x20-\x7e\r\n]*$/);
      expect(eml.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...eml.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    }
  });

  it('is the same again, and another one for another run', async () => {
    const id = ({ eml }: { eml: string }) => eml.match(/^Message-ID: (.*)$/m)?.[1];
    expect((await mailOf(sampleRun())).eml).toBe((await mailOf(sampleRun())).eml);
    expect(id(await mailOf(sampleRun({ startedAt: '2026-09-20T12:00:00Z' })))).not.toBe(id(await mailOf(sampleRun())));
  });
});
