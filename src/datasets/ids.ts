/** Hardly any id has one: most are told by a single look. */
const capital = /[A-F]/;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What ids are compared by. The service takes an id in any case and hands it on as it was typed, so the same account may
 * be `A1…` in a policy and `a1…` in the list of users. Maps and sets are keyed by this; findings show the id as it came.
 */
export function idKey(id: string): string {
  return capital.test(id) && guid.test(id) ? id.toLowerCase() : id;
}
