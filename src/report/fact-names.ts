import type { Subject } from '../model/finding.ts';
import type { Format } from './format.ts';

/** A fact's or a subject type's name in the reader's language; one that nobody has translated as words: `daysIdle` → `days idle`. */
export function factName(key: string, { sayIfKnown }: Format): string {
  return sayIfKnown(`facts.${key}`) ?? asWords(key);
}

export function typeName(type: string, { sayIfKnown }: Format): string {
  return sayIfKnown(`subjectTypes.${type}`) ?? asWords(type);
}

/** These have names that no tenant gives, or that a tenant gives rarely: a role, a list of updates. */
const namedByMicrosoft = new Set(['unifiedRoleDefinition', 'knowledgeBaseArticle', 'updatePolicy']);

export function subjectName({ type, name }: Pick<Subject, 'type' | 'name'>, check: string, { tell }: Format): string {
  return tell(name, { check, as: namedByMicrosoft.has(type) ? 'fact' : 'name' }).text;
}

/** An empty fact is for programs alone: a finding about no retirement names none. */
export function toldFacts<Value>(facts: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(facts).filter(([, value]) => value !== '');
}

/** `lastSignIn` and `days_idle` as words: `last sign in`, `days idle`. */
function asWords(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
