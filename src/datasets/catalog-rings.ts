import type { DeepReadonly } from '../kit/kit.ts';
import { addDays } from '../lib/dates.ts';
import { isAssigned } from './assignments.ts';
import type { CatalogPolicy } from './graph/configurationPolicies.ts';
import type { UpdateRing } from './graph/deviceConfigurations.ts';
import { assignedRings, catalogType, type GroupReaches, isCatalogRing, type Ring } from './update-rings.ts';

type Policy = DeepReadonly<CatalogPolicy>;

/** Setting either of them makes a policy one that decides when updates come. */
const deferral = 'deferqualityupdatesperiodindays';
const deadline = 'configuredeadlineforqualityupdates';
/** How long Windows pauses: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-update#pausequalityupdates */
const pauseDays = 35;

/**
 * The assigned rings of both kinds. What a settings catalog policy leaves open another may set, so it is unknown; where
 * one policy is all there is, Windows does without: no deferral, no deadline.
 */
export function assignedUpdateRings(rings: readonly DeepReadonly<UpdateRing>[], policies: readonly Policy[], isMeant = setsTiming): Ring[] {
  const classic = assignedRings(rings);
  const assigned = policies.filter((policy) => isAssigned(policy) && isMeant(policy));
  const alone = classic.length + assigned.length === 1;
  return [...classic, ...assigned.map((policy) => catalogRing(policy, alone))];
}

/** A settings catalog policy that sets the deadline or the deferral, but not both: others complete it, or contradict it. */
function isPartialRing(ring: Ring): boolean {
  return isCatalogRing(ring) && (ring.qualityUpdatesDeferralPeriodInDays === undefined || ring.deadlineForQualityUpdatesInDays === undefined);
}

function setsTiming({ updateSettings }: Policy): boolean {
  return deferral in updateSettings || deadline in updateSettings;
}

/** A policy that only pauses is no ring: what it pauses comes from another. */
export function setsTimingOrPauses(policy: Policy): boolean {
  return setsTiming(policy) || (['quality', 'feature'] as const).some((kind) => pauseOf(policy.updateSettings, kind).paused);
}

function catalogRing({ id, name, assignments, updateSettings }: Policy, alone: boolean): Ring {
  const days = (key: string) => numberOf(updateSettings[key]);
  const quality = pauseOf(updateSettings, 'quality');
  const feature = pauseOf(updateSettings, 'feature');
  return {
    '@odata.type': catalogType,
    id,
    displayName: name,
    assignments,
    qualityUpdatesDeferralPeriodInDays: days(deferral) ?? (alone ? 0 : undefined),
    featureUpdatesDeferralPeriodInDays: days('deferfeatureupdatesperiodindays') ?? (alone ? 0 : undefined),
    deadlineForQualityUpdatesInDays: days(deadline) ?? (alone ? null : undefined),
    deadlineForFeatureUpdatesInDays: days('configuredeadlineforfeatureupdates') ?? (alone ? null : undefined),
    deadlineGracePeriodInDays: days('configuredeadlinegraceperiod') ?? (alone ? null : undefined),
    qualityUpdatesPaused: quality.paused,
    qualityUpdatesPauseExpiryDateTime: quality.until,
    featureUpdatesPaused: feature.paused,
    featureUpdatesPauseExpiryDateTime: feature.until,
  };
}

/** A start date alone pauses as well. */
function pauseOf(settings: Policy['updateSettings'], kind: 'quality' | 'feature'): { paused: boolean; until: string | null } {
  const start = settings[`pause${kind}updatesstarttime`];
  const from = typeof start === 'string' ? Date.parse(start) : Number.NaN;
  const until = Number.isNaN(from) ? null : addDays(new Date(from), pauseDays).toISOString();
  return { paused: numberOf(settings[`pause${kind}updates`]) === 1 || until !== null, until };
}

function numberOf(value: string | number | undefined): number | undefined {
  if (typeof value === 'string' && !/^\d+$/.test(value)) return undefined;
  return value === undefined ? undefined : Number(value);
}

/** Where a policy sets a part for whom nobody knows, a ring without a deadline is not proven to be without. */
export function withoutDoubt(rings: readonly Ring[]): readonly Ring[] {
  if (!rings.some(isPartialRing)) return rings;
  return rings.map((ring) => ({
    ...ring,
    deadlineForQualityUpdatesInDays: ring.deadlineForQualityUpdatesInDays ?? undefined,
    deadlineForFeatureUpdatesInDays: ring.deadlineForFeatureUpdatesInDays ?? undefined,
  }));
}

/** Both kinds of policy name groups; the same group has the same members. */
export function unitedReaches(first: GroupReaches, second: GroupReaches): GroupReaches {
  return new Map([...first, ...second]);
}
