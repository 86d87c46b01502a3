import { deviceOnboarding } from '../datasets/graph/deviceOnboarding.ts';
import { onboardingOf } from '../datasets/onboarding.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'defender-onboarding', label: 'Devices that Defender sees and does not watch', unit: 'devices' } as const;

/** Of what Defender does not watch neither programs nor holes are known: how much the other figures leave out. */
export function defenderOnboarding({ evidence }: MeasureContext): Measure {
  const read = keptOf(evidence, deviceOnboarding);
  if (!read.ok) return unknownMeasure(head, read.because);
  const { watched, unwatched, unknown } = onboardingOf(read.kept);
  if (watched + unwatched === 0) return unknownMeasure(head, 'Defender saw no device that it could watch within 30 days.');
  const kinds = Map.groupBy(
    read.kept.filter((row) => onboardingOf([row]).unwatched > 0),
    ({ DeviceType }) => DeviceType || 'not told',
  );
  const series = [...kinds]
    .map(([label, rows]) => ({ label, value: onboardingOf(rows).unwatched }))
    .sort((a, b) => b.value - a.value || byText(a.label, b.label));
  return {
    ...head,
    value: unwatched,
    numerator: unwatched,
    denominator: watched + unwatched,
    ...(unknown > 0 ? { because: `${count(unknown, 'device')} of which Defender knows too little left out.` } : {}),
    ...(series.length > 0 ? { series } : {}),
  };
}
