import type { AnyCheck, Judgement } from '../../src/kit/kit.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import { formatFor } from '../../src/report/format.ts';
import { languages } from '../../src/report/messages.ts';
import { shippedTranslations } from '../../src/report/translations.ts';

const formats = languages.filter((language) => language !== 'en').map((language) => formatFor(language));

/** What a shipped check says of a case that a language has no words for. A check of a test is held to nothing. */
export function untold(check: AnyCheck, said: Judgement | Error): string[] {
  const translated = formats.filter(({ language }) => shippedTranslations(language).has(check.id));
  return translated.flatMap(({ language, tell }) =>
    sentencesOf(said)
      .filter(({ sentence, name }) => tell(sentence, { check: check.id, name }).lang !== null)
      .map(({ sentence }) => `${language}: ${sentence}`),
  );
}

function sentencesOf(said: Judgement | Error): { sentence: string; name?: string }[] {
  if (said instanceof Error) return [said.message, (said as { fix?: string }).fix].flatMap((sentence) => (sentence ? { sentence } : []));
  if (said.verdict === 'fail') return said.findings.map(({ message, subject }) => ({ sentence: message, name: subject.name }));
  if (said.verdict === 'manual') return said.steps.map((sentence) => ({ sentence }));
  return said.because ? [{ sentence: said.because }] : [];
}

/** What a run says in its own words that a language has no words for. */
export function untoldIn(run: RunRecord): string[] {
  const ofChecks = run.results.flatMap(({ check, findings = [], because, steps = [], cause }) => [
    ...findings.map(({ message, subject }) => ({ sentence: message, check, name: subject.name })),
    ...[because, ...steps, cause?.detail, cause?.fix].map((sentence) => ({ sentence, check, name: undefined })),
  ]);
  const others = [
    run.score.because,
    run.tenant.servicePlansBecause,
    ...run.datasets.flatMap(({ detail, fix }) => [detail, fix]),
    ...run.measures.map(({ because }) => because),
  ];
  const said = [...ofChecks, ...others.map((sentence) => ({ sentence, check: undefined, name: undefined }))];
  const without = formats.flatMap(({ language, tell }) =>
    said.flatMap(({ sentence, ...about }) => (sentence && tell(sentence, about).lang !== null ? [`${language}: ${about.check ?? 'run'}: ${sentence}`] : [])),
  );
  return [...new Set(without)].sort();
}
