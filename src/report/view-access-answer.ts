import { rowsOf, standingFigure, standingOf, topicFact, topicsOf } from './answer-rows.ts';
import { consentPicture } from './pictures/consent-picture.ts';
import { questions } from './questions.ts';
import { short } from './sentences.ts';
import type { Material, Said } from './view-answers.ts';

/** 6. Old ways to sign in, and who let which app in. */
export function accessAnswer({ run, judged, format }: Material): Said {
  const { say } = format;
  const topics = topicsOf(questions.access, judged);
  const base = {
    facts: topics.map((topic) => topicFact(topic, format)),
    picture: consentPicture(run, judged, format),
    rows: rowsOf(questions.access, run, judged, format),
    caveat: '',
  };
  const standing = standingOf(topics.flatMap(({ all }) => all));
  if (standing.decided === 0) {
    const said = topics.flatMap(({ all }) => all.map(({ meta, result }) => ({ check: meta.id, because: result.cause?.detail ?? result.because })));
    const first = said.find(({ because }) => because);
    const reason = first ? short(first.because, 300, format, first).text.replace(/\.$/, '') : say('questions.notYet.access');
    return { ...base, figure: say('answers.notKnown'), tone: 'unknown', sentence: say('answers.because', { reason }) };
  }
  const { open, decided, errors } = standing;
  const isEverywhere = questions.access.topics.every(({ key }) => topics.some((topic) => topic.key === key && standingOf(topic.all).decided > 0));
  const key = open > 0 ? 'open' : errors > 0 || !isEverywhere ? 'partly' : 'fine';
  return { ...base, ...standingFigure(standing, !isEverywhere, format), sentence: say(`answers.access.${key}`, { open, count: decided }) };
}
