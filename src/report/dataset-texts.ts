import type { DatasetRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { shippedTexts } from './shipped-texts.ts';

/** What a dataset is about, as a heading without the full stop, and its language. A translation holds for the English it was made from. */
export function datasetTextIn({ language, locale }: Format, { id, about }: Pick<DatasetRecord, 'id' | 'about'>): { text: string; lang: string } {
  const translation = language === 'en' ? undefined : shippedTexts(language, 'datasets').get(id);
  const [text, lang] = translation?.of === about ? [translation.about, locale] : [about, language === 'en' ? locale : 'en'];
  return { text: shorten(text, 200).replace(/\.$/, ''), lang };
}
