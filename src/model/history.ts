import type { Finding, Subject } from './finding.ts';
import type { Measure } from './measure.ts';
import type { CheckMetadata, CheckResult, DatasetRecord, RetirementRecord, Score } from './run-record.ts';
import type { Tenant } from './tenant.ts';
import type { Verdict } from './verdict.ts';

/** A point in time as milliseconds since 1970, UTC. Histories hold hundreds of thousands of them. */
export type Instant = number;

/** What one run saw of one managed device. */
export interface DeviceObservation extends DeviceFacts, DeviceSystem {
  /** Intune's id of the device. */
  id: string;
  /** Last check-in, ISO 8601; null where the device never checked in. What is known of its system dates from then. */
  lastSync: string | null;
  /** Null = it did not report one. */
  edition: WindowsEdition | null;
  /** Names of the update rings that reach it, sorted. Empty = it is in none; null = not known. */
  rings: readonly string[] | null;
}

/** What changes seldom and is kept as last seen. */
export interface DeviceFacts {
  name: string;
  model: string | null;
  /** User principal name of the primary user. */
  user: string | null;
  /** company, personal, unknown. */
  ownership: string | null;
  /** ISO 8601. */
  enrolledAt: string | null;
}

/** What updates change. */
export interface DeviceSystem {
  /** As the service says it: `Windows`, `iOS`, `Android` … */
  operatingSystem: string | null;
  /** As the service says it: `10.0.26100.4351`. */
  osVersion: string | null;
  /** Android's security patch level, a date. */
  patchLevel: string | null;
}

/** One version of a program and on how many devices it was found. */
export interface AppObservation {
  /** Graph's id of the detected app. */
  id: string;
  name: string;
  version: string | null;
  devices: number | null;
}

/** How Windows names its edition: it decides how long a version gets updates. */
export interface WindowsEdition {
  /** `Pro`, `Enterprise` … */
  family: string | null;
  /** Product type as Windows reports it; 0 = not reported. */
  number: number;
}

/** What one run saw of devices. What could not be read says nothing about any device, and ends nothing. */
export interface RunObservations {
  /** One per id; may be gone through more than once. Null = the devices could not be read. */
  devices: Iterable<DeviceObservation> | null;
  /** Whether the editions could be read. */
  editions: boolean;
  /** Whether update rings and their assignments could be read. */
  rings: boolean;
  /** One per id. Null = the programs could not be read. */
  apps: readonly AppObservation[] | null;
}

/** A sight of a device in one run. */
export interface Sighting {
  /** When the run started. */
  run: Instant;
  /** Last check-in of the device at that time: what was seen dates from then. Null = never, or the run was pruned. */
  sync: Instant | null;
}

/** A stretch of runs in which a device did not change. */
export interface Span<Value> {
  value: Value;
  /** First run that saw it so. */
  first: Sighting;
  /** Last run that saw it so. */
  last: Sighting;
}

/** All that earlier runs saw of one device. */
export interface DeviceHistory extends DeviceFacts {
  id: string;
  /** Oldest first, at least one. A device that left and came back has a gap between two of them. */
  systems: readonly Span<DeviceSystem>[];
  editions: readonly Span<WindowsEdition>[];
  /** Stretches without a span: not known. */
  rings: readonly Span<readonly string[]>[];
  /** Times without a check-in, oldest first: between them the device was in use. */
  silences: readonly Silence[];
}

/** More days than these without a check-in are a silence. */
export const silenceDays = 30;

/** From one check-in to the next. */
export interface Silence {
  from: Instant;
  to: Instant;
}

/** Devices a version of a program was found on. */
export interface AppHistory {
  id: string;
  name: string;
  version: string | null;
  counts: readonly Span<number | null>[];
}

/** One line of `tidytenant history`. */
export interface RunSummary {
  startedAt: string;
  finishedAt: string;
  toolVersion: string;
  advisoriesAsOf: string;
  score: number | null;
  /** judged ÷ (judged + error), 0 to 1. */
  coverage: number | null;
  verdicts: Readonly<Record<Verdict, number>>;
  /** True where every dataset was read or is not licensed. */
  complete: boolean;
  /** Whether the run could read the managed devices. */
  devices: boolean;
}

/**
 * What a run is compared with. A run record is one and holds everything; the history gives one that holds verdicts and
 * subjects, and neither sentences nor measures. What is absent was not kept, which is not the same as none.
 */
export interface EarlierRun {
  startedAt?: string;
  finishedAt: string;
  tenant?: Pick<Tenant, 'id' | 'name' | 'domain'> & Partial<Pick<Tenant, 'servicePlans'>>;
  tool?: { version: string };
  advisoriesAsOf?: string;
  score?: Pick<Score, 'value' | 'coverage'>;
  /** Scores of the runs up to this one, oldest first; absent = only its own is known. */
  scores?: readonly (ScoreThen & { finishedAt: string })[];
  results: readonly EarlierResult[];
  checks?: readonly CheckMetadata[];
  datasets?: readonly DatasetRecord[];
  measures?: readonly Measure[];
  retirements?: readonly RetirementRecord[];
}

export interface EarlierResult extends Partial<Pick<CheckResult, 'accepted' | 'owner' | 'since' | 'cause'>> {
  check: string;
  verdict: Verdict;
  findings?: readonly EarlierFinding[] | undefined;
}

export interface EarlierFinding extends Partial<Pick<Finding, 'message' | 'facts'>> {
  subject: Subject;
  /** The start of the first run of the uninterrupted stretch in which the check found it. */
  since?: string;
}

/** Null = too little could be judged. */
export interface ScoreThen {
  /** 0 to 100. */
  value: number | null;
}
