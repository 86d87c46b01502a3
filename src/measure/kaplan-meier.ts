/** How long something took; where it had not happened when last looked at, how long it had taken until then. */
export interface Duration {
  time: number;
  happened: boolean;
}

/** One step of a survival curve: from `time` on the share `still` has not yet happened. */
export interface Step {
  time: number;
  /** How many were under watch just before. */
  atRisk: number;
  happened: number;
  /** 0 to 1. */
  still: number;
}

export interface Survival {
  /** Oldest first; without the start, at which everything is still to happen. */
  steps: readonly Step[];
  /** How long the longest was watched. */
  watched: number;
}

/**
 * The Kaplan-Meier estimate (1958): what has not happened yet counts for as long as it was watched. What ended at the
 * same time as something happened was still under watch then.
 */
export function kaplanMeier(durations: readonly Duration[]): Survival {
  const sorted = [...durations].sort((a, b) => a.time - b.time);
  const steps: Step[] = [];
  let still = 1;
  for (let from = 0; from < sorted.length; ) {
    const time = (sorted[from] as Duration).time;
    let to = from;
    let happened = 0;
    for (; to < sorted.length && (sorted[to] as Duration).time === time; to += 1) if ((sorted[to] as Duration).happened) happened += 1;
    const atRisk = sorted.length - from;
    still *= 1 - happened / atRisk;
    if (happened > 0) steps.push({ time, atRisk, happened, still });
    from = to;
  }
  return { steps, watched: sorted.at(-1)?.time ?? 0 };
}

/** Share that has not happened yet after a time; null where nobody was watched for so long. */
export function stillAt({ steps, watched }: Survival, time: number): number | null {
  const step = steps.findLast((each) => each.time <= time);
  if (step?.still === 0) return 0;
  return time > watched ? null : (step?.still ?? 1);
}

/** First time by which half has happened; null where the curve does not fall so far. Half is half in spite of rounding. */
export function median({ steps }: Survival): number | null {
  return steps.find(({ still }) => still <= 0.5 + 1e-9)?.time ?? null;
}
