import { badRequest, unsupportedQuery } from './errors.ts';
import type { Schema, Version } from './schema.ts';

export interface Sorting {
  name: string;
  descending: boolean;
}

/**
 * By what directory objects can be sorted, and where that takes an advanced query. With a filter it always does:
 * https://learn.microsoft.com/graph/aad-advanced-queries
 */
const sortable: Readonly<Record<string, Readonly<Record<string, 'default' | 'advanced'>>>> = {
  application: { createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'advanced' },
  device: { approximateLastSignInDateTime: 'advanced', createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'advanced' },
  group: { deletedDateTime: 'advanced', displayName: 'default' },
  servicePrincipal: { createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'advanced' },
  user: { createdDateTime: 'advanced', deletedDateTime: 'advanced', displayName: 'default', userPrincipalName: 'default' },
};

/** Reads `$orderby`; refuses what the service would. */
export function parseOrderby(
  text: string | undefined,
  job: { schema: Schema; version: Version; type: string; filtered: boolean; advanced: boolean },
): Sorting[] {
  if (text === undefined) return [];
  return text.split(',').map((term) => {
    const [name = '', direction = 'asc', ...more] = term.trim().split(/\s+/);
    if (name === '' || more.length > 0 || !['asc', 'desc'].includes(direction)) throw badRequest(`Syntax error in '${text}' of the query option $orderby.`);
    if (!job.schema.properties(job.version, job.type).has(name))
      throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${job.type}'.`);
    const directory = sortable[job.type];
    if (directory && !job.advanced && (job.filtered || directory[name] !== 'default')) throw unsupportedQuery('Sorting not supported for current query.');
    if (directory && !directory[name]) throw unsupportedQuery('Sorting not supported for current query.');
    return { name, descending: direction === 'desc' };
  });
}
