import { type GraphRequest, huntingRows } from '../../model/request.ts';
import { SourceFault } from '../fault.ts';

/** The rows of an answer, exactly as given. A list must hold `value`; anything else is not what was asked for. */
export function rowsOf(page: unknown, request: GraphRequest): readonly unknown[] {
  if (!isObject(page)) throw shape(request, 'is not an object');
  if ('error' in page && isObject(page.error)) throw shape(request, 'is an error with the status of a success');
  if (request.single) {
    // A property called `value` beside the context would be a list where one object was asked for.
    if (Array.isArray(page.value)) throw shape(request, 'is a list where one object was expected');
    return [page];
  }
  if (request.kql !== undefined) return resultsOf(page, request);
  if (!Array.isArray(page.value)) throw shape(request, 'holds no list');
  return page.value;
}

/** What a hunting query found. */
function resultsOf({ results }: Record<string, unknown>, request: GraphRequest): readonly unknown[] {
  if (!Array.isArray(results)) throw shape(request, 'holds no results');
  if (results.length < huntingRows) return results;
  throw new SourceFault({
    reason: 'partial',
    detail: `The hunting query found ${huntingRows} rows or more, and no answer may hold more.`,
    fix: 'Nothing of it was judged; look into the Defender portal instead.',
  });
}

/** `@odata.count`, where the service sent it. */
export function countOf(page: unknown): number | undefined {
  const count = isObject(page) ? page['@odata.count'] : undefined;
  return typeof count === 'number' && count >= 0 ? count : undefined;
}

/** The next page's address, followed verbatim and only on the origin the token was issued for. */
export function nextLinkOf(page: unknown, request: GraphRequest, origin: string): URL | undefined {
  const link = isObject(page) ? page['@odata.nextLink'] : undefined;
  if (link === undefined || link === null) return undefined;
  if (typeof link !== 'string' || !URL.canParse(link)) throw shape(request, 'names a next page that is not an address');
  const url = new URL(link);
  if (url.origin !== origin) {
    throw new SourceFault({
      reason: 'partial',
      detail: `The next page of ${request.path} lies on another origin; it was not followed.`,
      fix: 'Report this: Microsoft Graph links to itself only.',
    });
  }
  return url;
}

function shape(request: GraphRequest, what: string): SourceFault {
  return new SourceFault({
    reason: 'shape',
    detail: `The answer to ${request.path} ${what}.`,
    fix: 'Check the endpoint and any proxy between, then scan again.',
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
