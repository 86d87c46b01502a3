import { releasedAt } from '../advisories/windows.ts';
import { eligibleWindows, isCoManaged, isEnrolledBy, isManagedElsewhere, isWindowsServer } from '../datasets/devices.ts';
import { ringReaches } from '../datasets/update-rings.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { datedBy, type MeasureContext, monthName, percent, unknownMeasure } from './fleet.ts';
import { updateRingsOf } from './update-rings.ts';

const head = { id: 'ring-coverage', label: 'Windows computers in exactly one update ring', unit: 'percent' } as const;
const reaches = ['exactly one ring', 'more than one ring', 'no ring', 'not known'] as const;

/** One ring and how far the newest month has come in it. */
interface RingTally {
  name: string;
  devices: number;
  eligible: number;
  covered: number;
}

/**
 * Share of the Windows computers in use that exactly one assigned ring, or settings catalog policy that does its work, reaches: none leaves updates to the user, two
 * contradict each other. Computers that another tool manages or may update are left out.
 */
export function ringCoverage(context: MeasureContext): Measure {
  const { fleet, evidence, now } = context;
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const assigned = updateRingsOf(evidence);
  if (typeof assigned === 'string') return unknownMeasure(head, assigned);
  const rings = assigned.rings.sort((a, b) => byText(a.displayName, b.displayName) || byText(a.id, b.id));
  const reachesOf = ringReaches(rings, assigned.groups);
  const tallies = rings.map(({ displayName }): RingTally => ({ name: displayName, devices: 0, eligible: 0, covered: 0 }));
  const reached: Record<(typeof reaches)[number], number> = { 'exactly one ring': 0, 'more than one ring': 0, 'no ring': 0, 'not known': 0 };
  const released = releasedAt(fleet.month.date);
  for (const device of eligibleWindows(fleet.devices, now)) {
    if (isWindowsServer(device) || isManagedElsewhere(device) || isCoManaged(device)) continue;
    const answers = reachesOf(device);
    reached[reachIn(answers)] += 1;
    const level = fleet.levelOf(device);
    const isEligible = isEnrolledBy(device, released);
    answers.forEach((answer, nth) => {
      const tally = tallies[nth];
      if (answer !== 'inRing' || !tally) return;
      tally.devices += 1;
      if (isEligible) tally.eligible += 1;
      if (isEligible && level.state === 'known' && !level.ended && level.contains(fleet.month.month)) tally.covered += 1;
    });
  }
  const computers = reaches.reduce((sum, each) => sum + reached[each], 0);
  const unknown = reached['not known'];
  if (computers === 0) return unknownMeasure(head, 'No Windows computer that Intune alone manages checked in within 30 days.');
  const about = {
    ...datedBy(context, 'updates'),
    series: reaches.map((label) => ({ label, value: reached[label] })),
    table: tableOf(tallies, computers, context),
  };
  if (unknown === computers) return { ...unknownMeasure(head, 'The assignments of every computer could not be resolved.'), ...about };
  const one = reached['exactly one ring'];
  return {
    ...head,
    value: percent(one, computers),
    numerator: one,
    denominator: computers,
    ...(unknown > 0 ? { because: `The assignments of ${count(unknown, 'computer')} could not be resolved; not counted as in one ring.` } : {}),
    range: { least: percent(one, computers), most: percent(one + unknown, computers) },
    ...about,
  };
}

/** One answer that is not known leaves open whether there is a second ring. */
function reachIn(answers: readonly string[]): (typeof reaches)[number] {
  const rings = answers.filter((answer) => answer === 'inRing').length;
  if (rings > 1) return 'more than one ring';
  if (answers.includes('unknown')) return 'not known';
  return rings === 1 ? 'exactly one ring' : 'no ring';
}

function tableOf(tallies: readonly RingTally[], computers: number, { fleet }: MeasureContext): NonNullable<Measure['table']> {
  const month = typeof fleet === 'string' ? '' : monthName(fleet.month.month);
  return {
    columns: [
      { id: 'ring', label: 'Ring' },
      { id: 'devices', label: 'Computers', unit: 'devices' },
      { id: 'share', label: 'Share of all computers', unit: 'percent' },
      { id: 'eligible', label: 'Enrolled before the newest update', unit: 'devices' },
      { id: 'covered', label: `With the update of ${month}`, unit: 'devices' },
      { id: 'coverage', label: 'Coverage', unit: 'percent' },
    ],
    rows: tallies.map(({ name, devices, eligible, covered }) => [
      ...[name, devices, percent(devices, computers), eligible, covered],
      eligible > 0 ? percent(covered, eligible) : null,
    ]),
  };
}
