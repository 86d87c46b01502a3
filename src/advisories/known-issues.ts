import type { Snapshot } from '../model/snapshot.ts';
import { isServerLine, parseWindowsVersion } from './windows.ts';

/** What this module asks of an issue that Microsoft lists for a Windows version. */
export interface Issue {
  id: string;
  status: string;
  originatingKnowledgeBaseArticle?: { readonly id: string } | null | undefined;
  resolvingKnowledgeBaseArticle?: { readonly id: string } | null | undefined;
}

/** Names of https://learn.microsoft.com/graph/api/resources/windowsupdates-knownissue; mitigated = there is a way around it. */
const states: Readonly<Record<string, 'open' | 'closed'>> = {
  reported: 'open',
  investigating: 'open',
  confirmed: 'open',
  mitigated: 'closed',
  mitigatedExternal: 'closed',
  resolved: 'closed',
  resolvedExternal: 'closed',
};

export function issueState({ status }: Issue): 'open' | 'closed' | 'unknown' {
  return states[status] ?? 'unknown';
}

/** Which line of builds `Windows 11, version 24H2` or `Windows Server 2025` is. */
export function productLine(snapshot: Snapshot, product: string): { build: number; server: boolean } | null {
  const name = product.replace(/^(Microsoft )?Windows /, '').replace(', version ', ' ');
  const row = snapshot.windows.versions.find((version) => version.name === name);
  return row ? { build: row.build, server: row.edition === 'server' } : null;
}

export type Touch = 'touched' | 'untouched' | 'unknown';

/**
 * Whether an issue of a Windows version touches a device: it has the update that brought the issue, and not yet the one
 * that ends it. An issue without the former came with the version itself.
 */
export function issueTouches(
  snapshot: Snapshot,
  line: { build: number; server: boolean },
  issue: Issue,
): (osVersion: string | null | undefined, namedServer: boolean) => Touch {
  const from = revisionOf(snapshot, line, issue.originatingKnowledgeBaseArticle);
  const until = revisionOf(snapshot, line, issue.resolvingKnowledgeBaseArticle);
  return (osVersion, namedServer) => {
    const version = parseWindowsVersion(osVersion);
    if (!version) return 'unknown';
    if (version.build !== line.build || isServerLine(version, namedServer) !== line.server) return 'untouched';
    if (version.revision === null) return from === null && until === null ? 'touched' : 'unknown';
    if (until === 'unknown' || from === 'unknown') return 'unknown';
    if (until !== null && version.revision >= until) return 'untouched';
    return from === null || version.revision >= from ? 'touched' : 'untouched';
  };
}

/** Null where no update is named; unknown where the update data does not hold it. */
function revisionOf(
  snapshot: Snapshot,
  line: { build: number; server: boolean },
  article: Issue['originatingKnowledgeBaseArticle'],
): number | null | 'unknown' {
  if (!article) return null;
  const kb = `KB${article.id.replace(/\D/g, '')}`;
  const update = snapshot.windows.updates.find((each) => each.kb === kb && each.build === line.build && each.server === line.server);
  return update?.revision ?? 'unknown';
}
