import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/model/run-record.ts';
import { emptyRun, hostileRun } from '../../support/hostile-run.ts';
import { textOf } from '../../support/rendered.ts';
import { manyFindings, sampleRun } from '../../support/sample-run.ts';

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** The document as a strict parser of XML 1.0 reads it, which refuses what is not well-formed. */
function parse(xml: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    (open.at(-1) as Element).text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return top.children[0] as Element;
}

const root = async (run: RunRecord) => parse(await textOf('junit', run));
const named = ({ children }: Element, name: string) => children.filter((child) => child.name === name);
const cases = (suites: Element) => named(suites, 'testsuite').flatMap((suite) => named(suite, 'testcase'));

describe('junit.xml', () => {
  it('has a suite per area and a case per check', async () => {
    const suites = await root(sampleRun());
    expect(suites).toMatchObject({ name: 'testsuites', attributes: { name: 'tidytenant', tests: '12', failures: '3', errors: '2', skipped: '4' } });
    expect(named(suites, 'testsuite').map(({ attributes: { name, tests } }) => `${name} ${tests}`)).toEqual([
      'Identity and sign-in 6',
      'Apps and consents 4',
      'Updates 2',
    ]);
    expect(new Set(cases(suites).map(({ attributes }) => attributes.classname)).size).toBe(12);
  });

  it('says of each verdict what a pipeline does with it', async () => {
    const said = Object.fromEntries(
      cases(await root(sampleRun())).map(({ attributes, children }) => [attributes.classname, children.map(({ name }) => name).join() || 'passed']),
    );
    expect(said).toEqual({
      'identity.legacy-auth-not-blocked': 'failure',
      'apps.apps-with-takeover-permissions': 'failure',
      'updates.update-rings-not-tiered': 'failure',
      'identity.guests-inactive': 'skipped',
      'identity.device-code-flow-not-blocked': 'passed',
      'identity.mfa-not-required-admins': 'passed',
      'apps.apps-unused': 'passed',
      'updates.windows-devices-behind': 'error',
      'apps.mail-apps-unscoped': 'error',
      'apps.outlook-addins-unreviewed': 'skipped',
      'identity.sign-in-risk-unprotected': 'skipped',
      'identity.federation-certificate-expiring': 'skipped',
    });
  });

  it('names the subjects of a failure, without those that were accepted', async () => {
    const [failure] = cases(await root(sampleRun())).find(({ attributes }) => attributes.classname === 'apps.apps-with-takeover-permissions')?.children ?? [];
    expect(failure?.attributes).toEqual({ message: 'Some apps can make themselves administrator (1)', type: 'critical' });
    expect(failure?.text).toContain('servicePrincipal app-1 Payroll bridge: Payroll bridge is in the way.');
    expect(failure?.text).toContain('1 accepted.');
    expect(failure?.text).not.toContain('app-2');
  });

  it('says why a case was skipped', async () => {
    const messages = cases(await root(sampleRun())).flatMap((each) => named(each, 'skipped').map(({ attributes }) => attributes.message));
    expect(messages).toContain('Accepted until 2026-12-31 by Maria Keller: Known partner.');
    expect(messages).toContain('No domain is federated.');
    expect(messages.filter((message) => !message)).toEqual([]);
  });

  it.each([
    ['hostile', hostileRun()],
    ['empty', emptyRun()],
  ])('is well-formed for a run that is %s, and holds no character that XML 1.0 forbids', async (_name, run) => {
    const text = await textOf('junit', run);
    expect(text).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    expect(cases(parse(text))).toHaveLength(run.checks.length);
  });

  it('lists no more than a page bears, and says how many are left', async () => {
    const [failure] = cases(await root(manyFindings(3_000, 1)))[0]?.children ?? [];
    expect(failure?.text).toContain('… and 2000 more, all in findings.csv.');
    expect(failure?.text.split('\n').length).toBeLessThan(1_010);
  });
});
