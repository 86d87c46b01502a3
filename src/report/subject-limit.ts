import type { Finding } from '../model/finding.ts';
import type { Judged } from './view-judged.ts';

/** Mail servers pass attachments of this size without question, and a phone opens them at once. */
export const pageBytes = 1_000_000;

/** How many subjects of each check a page may name, most first. The CSV always names all. */
export const subjectLimits: readonly number[] = [100, 50, 25, 10, 5, 3, 1];

/** The most subjects of each check that could fit if nothing but subjects stood in the page: where to begin trying. */
export function subjectLimit(failed: readonly Judged[]): number {
  return subjectLimits.find((limit) => failed.reduce((sum, { findings }) => sum + bytesOf(findings.slice(0, limit)), 0) <= pageBytes) ?? 1;
}

function bytesOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + 85 + bytesOfText(finding), 0);
}

function bytesOfText({ subject, message, facts = {} }: Finding): number {
  const texts = Object.entries(facts).flatMap(([key, value]) => [key, String(value).slice(0, 160)]);
  return size(subject.name.slice(0, 160)) + size(message.slice(0, 400)) + texts.reduce((sum, text) => sum + 13 + size(text), 0);
}

/** In UTF-8 and escaped: `<` becomes `&lt;`. */
function size(text: string): number {
  return Buffer.byteLength(text, 'utf8') + 3 * (text.match(/[<>&"'`=]/g)?.length ?? 0);
}
