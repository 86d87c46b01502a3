import { type Judgement, UnknownEvidence } from '../kit/kit.ts';
import { count } from '../lib/text.ts';

/** How many Windows devices were looked at, of how many the patch level is not known, and how many lack updates nobody knows the content of. */
export interface Looked {
  devices: number;
  unknown: number;
  unjudged: number;
}

/** To which day the data on updates and on vulnerabilities reach, and whether that is too long ago to prove anything. */
export interface UpdateData {
  asOf: string;
  fixesAsOf: string;
  isStale: boolean;
}

/** What stands in the way of a pass where no overdue update was found. `contents` completes "whether they …", `thing` "no … is overdue". */
export function nothingOverdue(
  { devices, unknown, unjudged }: Looked,
  { asOf, fixesAsOf, isStale }: UpdateData,
  { contents, thing, meanwhile = [] }: { contents: string; thing: string; meanwhile?: readonly string[] },
): Judgement {
  if (unjudged > 0 || isStale)
    return {
      verdict: 'manual',
      steps: [
        unjudged > 0
          ? `${count(unjudged, 'device misses', 'devices miss')} updates that came after ${fixesAsOf}, where the data on vulnerabilities ends: whether they ${contents} is not known here.`
          : `The update data ends ${asOf}: that every update known then is installed does not prove that newer ones are.`,
        'Run tidytenant advisories update, or take a newer version, and scan again.',
        ...meanwhile,
      ],
    };
  if (unknown > 0)
    throw new UnknownEvidence(
      `The patch level of ${count(unknown, 'Windows device')} is unknown; on all others no ${thing} is overdue.`,
      'See the check windows-patch-level-unknown for the devices and the likely reason.',
    );
  return { verdict: 'pass', examined: devices };
}
