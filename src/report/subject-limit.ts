import type { Finding } from '../model/finding.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Judged } from './view-judged.ts';

/** Mail servers pass attachments of this size without question, and a phone opens them at once. */
const pageBytes = 900_000;
const limits = [100, 50, 25, 10, 5, 3];

/** How many subjects of each check the page names: at most 100, fewer where all checks together would swell it beyond `pageBytes`. */
export function subjectLimit(run: RunRecord, failed: readonly Judged[]): number {
  const left = pageBytes - bytesOfTheRest(run, failed.length);
  return limits.find((limit) => failed.reduce((sum, { findings }) => sum + bytesOf(findings.slice(0, limit)), 0) <= left) ?? 1;
}

/** Everything but the subjects, estimated from the record: markup adds about a third, and each failed check brings a frame. */
function bytesOfTheRest(run: RunRecord, cards: number): number {
  const results = run.results.map(({ findings: _left, ...result }) => result);
  return 40_000 + JSON.stringify({ ...run, results }).length * 1.3 + cards * 1_300;
}

function bytesOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + 140 + bytesOfText(finding), 0);
}

function bytesOfText({ subject, message, facts = {} }: Finding): number {
  const texts = Object.entries(facts).flatMap(([key, value]) => [key, String(value).slice(0, 160)]);
  return size(subject.name.slice(0, 160)) + size(message.slice(0, 400)) + texts.reduce((sum, text) => sum + 24 + size(text), 0);
}

/** In UTF-8 and escaped: `<` becomes `&lt;`. */
function size(text: string): number {
  return Buffer.byteLength(text, 'utf8') + 5 * (text.match(/[<>&"'`=]/g)?.length ?? 0);
}
