import type { DatasetRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { shippedTexts } from './shipped-texts.ts';

/** What a dataset is about, as a heading without the full stop. `lang` is null in the language of the page. A translation holds for the English it was made from. */
export function datasetTextIn({ language }: Format, { id, about }: Pick<DatasetRecord, 'id' | 'about'>): { about: string; lang: string | null } {
  const translation = language === 'en' ? undefined : shippedTexts(language, 'datasets').get(id);
  const [text, lang] = translation?.of === about ? [translation.about, null] : [about, language === 'en' ? null : 'en'];
  return { about: shorten(text, 200).replace(/\.$/, ''), lang };
}
