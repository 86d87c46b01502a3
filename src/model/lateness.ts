/** By what devices are compared. */
export type LatenessTrait = 'model' | 'version' | 'edition' | 'ring' | 'user' | 'ownership';

/** A group of devices of which more are late than of all others, by more than chance. Groups may overlap. */
export interface Concentration {
  trait: LatenessTrait;
  value: string;
  devices: number;
  late: number;
  /** All devices that are not in the group and whose trait is known. */
  others: number;
  othersLate: number;
  /** Chance of so many late ones or more if the trait made no difference, times the number of groups compared. */
  chance: number;
}

export interface LatenessReport {
  /** The month whose security update should be there, `YYYY-MM`, and the day it came out. */
  month: { month: string; date: string };
  devices: number;
  late: number;
  /** Surest first. */
  concentrations: readonly Concentration[];
}
