import * as z from 'zod';
import { parseXml, type XmlElement, XmlError } from '../lib/xml.ts';
import { FeedRefused } from './refusal.ts';

const Text = z.object({ Value: z.string().optional() });
const Ids = z.array(z.string()).nullish();

/**
 * The fields of a CVRF month document that are read, in the shape of its JSON. MSRC leaves out lists that would be
 * empty. Types are numbers there: 0 impact, 1 exploit status, 3 severity of a threat; 2 vendor fix of a remediation;
 * 3 known affected of a status.
 */
const CvrfJson = z.object({
  DocumentTracking: z.object({
    Identification: z.object({ ID: z.object({ Value: z.string() }) }),
    CurrentReleaseDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T/),
  }),
  ProductTree: z.object({ FullProductName: z.array(z.object({ ProductID: z.string(), Value: z.string() })) }),
  Vulnerability: z
    .array(
      z.object({
        CVE: z.string(),
        ProductStatuses: z.array(z.object({ Type: z.int(), ProductID: Ids })).nullish(),
        Threats: z.array(z.object({ Type: z.int(), Description: Text.nullish(), ProductID: Ids })).nullish(),
        CVSSScoreSets: z.array(z.object({ BaseScore: z.number(), ProductID: Ids })).nullish(),
        Remediations: z
          .array(z.object({ Type: z.int(), SubType: z.string().nullish(), FixedBuild: z.string().nullish(), Description: Text.nullish(), ProductID: Ids }))
          .nullish(),
        RevisionHistory: z.array(z.object({ Date: z.string().regex(/^\d{4}-\d{2}-\d{2}T/) })).nullish(),
      }),
    )
    .nullish(),
});
export type CvrfDocument = z.infer<typeof CvrfJson>;
export type CvrfVulnerability = NonNullable<CvrfDocument['Vulnerability']>[number];

/** Reads a month document, JSON or XML: the service gives XML unless asked otherwise. Throws `FeedRefused`. */
export function readCvrf(text: string): CvrfDocument {
  if (/^\s*<(!doctype\s+)?html\b/i.test(text.slice(0, 200))) throw new FeedRefused('it is a web page');
  const parsed = CvrfJson.safeParse(/^\s*</.test(text.slice(0, 200)) ? fromXml(text) : fromJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FeedRefused(`it is not a CVRF document: ${issue?.path.join('.') || 'document'}: ${issue?.message}`);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedRefused('it is not complete JSON');
  }
}

function fromXml(text: string): unknown {
  try {
    const root = parseXml(text.replace(/^\s+/, ''));
    if (root.name !== 'cvrfdoc') throw new FeedRefused('it is not a CVRF document');
    return jsonForm(root);
  } catch (error) {
    if (error instanceof XmlError) throw new FeedRefused(`it is not complete XML: ${error.message}`);
    throw error;
  }
}

const threatTypes: Readonly<Record<string, number>> = { Impact: 0, 'Exploit Status': 1, Severity: 3 };
const remediationTypes: Readonly<Record<string, number>> = { 'Vendor Fix': 2 };
const statusTypes: Readonly<Record<string, number>> = { 'Known Affected': 3 };

/** The XML document in the shape of the JSON one, as far as it is read. */
function jsonForm(root: XmlElement): unknown {
  const tracking = child(root, 'DocumentTracking');
  return {
    DocumentTracking: {
      Identification: { ID: { Value: textOf(child(tracking, 'Identification'), 'ID') } },
      CurrentReleaseDate: textOf(tracking, 'CurrentReleaseDate'),
    },
    ProductTree: {
      FullProductName: children(child(root, 'ProductTree'), 'FullProductName').map((each) => ({ ProductID: each.attributes.ProductID, Value: each.text })),
    },
    Vulnerability: children(root, 'Vulnerability').map(vulnerabilityForm),
  };
}

function vulnerabilityForm(element: XmlElement): unknown {
  const list = (group: string, item: string) => children(child(element, group), item);
  const type = (each: XmlElement, known: Readonly<Record<string, number>>) => known[each.attributes.Type ?? ''] ?? -1;
  const products = (each: XmlElement) => children(each, 'ProductID').map((id) => id.text);
  return {
    CVE: textOf(element, 'CVE'),
    ProductStatuses: list('ProductStatuses', 'Status').map((each) => ({ Type: type(each, statusTypes), ProductID: products(each) })),
    Threats: list('Threats', 'Threat').map((each) => ({
      Type: type(each, threatTypes),
      Description: { Value: textOf(each, 'Description') },
      ProductID: products(each),
    })),
    CVSSScoreSets: list('CVSSScoreSets', 'ScoreSet').map((each) => ({
      BaseScore: Number.parseFloat(textOf(each, 'BaseScore') ?? ''),
      ProductID: products(each),
    })),
    Remediations: list('Remediations', 'Remediation').map((each) => ({
      Type: type(each, remediationTypes),
      SubType: textOf(each, 'SubType'),
      FixedBuild: textOf(each, 'FixedBuild'),
      Description: { Value: textOf(each, 'Description') },
      ProductID: products(each),
    })),
    RevisionHistory: list('RevisionHistory', 'Revision').map((each) => ({ Date: textOf(each, 'Date') })),
  };
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name);
}

function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((each) => each.name === name) ?? [];
}

function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text;
}
