import { byText } from '../../lib/text.ts';
import type { Subject } from '../../model/finding.ts';
import type { Retirement } from '../../model/retirement.ts';
import type { RetirementRecord, Witness } from '../../model/run-record.ts';

/** What of an Entra recommendation speaks of a retirement. */
export interface Recommendation {
  readonly id: string;
  readonly displayName: string;
  readonly recommendationType?: string | null | undefined;
  readonly status: string;
  readonly impactedResources?: readonly ImpactedResource[] | null | undefined;
}

interface ImpactedResource {
  readonly subjectId: string;
  readonly displayName: string;
  readonly resourceType: string;
  readonly status: string;
}

/** What people set aside or the service found done is no sign of use. */
const open = new Set(['active', 'needsMoreAction']);

/**
 * Microsoft's own recommendations as a second witness. What they name as open is in use, whatever a check found; that
 * they name nothing proves nothing, so they never clear a tenant.
 */
export function withWitness(record: RetirementRecord, entry: Retirement, recommendations: readonly Recommendation[]): RetirementRecord {
  const about = recommendations.filter(({ recommendationType: type }) => type && entry.recommendations?.includes(type));
  if (about.length === 0) return record;
  const named = eachOnce(about.flatMap(subjectsOf));
  const witnesses = about.map((each): Witness => ({ source: 'entraRecommendation', id: each.id, title: each.displayName, status: each.status }));
  if (named.length === 0) return { ...record, witnesses };
  const { because, ...rest } = record;
  const said = record.exposure === 'exposed' ? because : 'Entra recommends to move away from it and names what still uses it';
  return { ...rest, witnesses, exposure: 'exposed', subjects: eachOnce([...record.subjects, ...named]), ...(said ? { because: said } : {}) };
}

function subjectsOf({ status, impactedResources }: Recommendation): Subject[] {
  if (!open.has(status)) return [];
  const concerned = (impactedResources ?? []).filter((resource) => open.has(resource.status));
  return concerned.map(({ subjectId, displayName, resourceType }) => ({ type: resourceType, id: subjectId, name: displayName }));
}

/** Subjects by name; one that a check and a recommendation call by different types counts once. */
export function eachOnce(subjects: readonly Subject[]): Subject[] {
  const byId = new Map<string, Subject>();
  for (const subject of subjects) if (!byId.has(subject.id)) byId.set(subject.id, subject);
  return [...byId.values()].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id));
}
