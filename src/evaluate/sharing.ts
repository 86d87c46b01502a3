import type { Finding, Subject } from '../model/finding.ts';

/** Gives what says the same as something before as the same object. */
export interface Sharing {
  subject(subject: Subject): Subject;
  finding(finding: Finding): Finding;
}

/**
 * Findings are kept until the report is written, and say the same again and again: one device fails many checks, and hundreds
 * of people get the same sentence. Each text is kept once.
 */
export function sharing(): Sharing {
  const texts = new Map<string, string>();
  const subjects = new Map<string, Subject>();
  const text = (each: string) => {
    const known = texts.get(each);
    if (known !== undefined) return known;
    texts.set(each, each);
    return each;
  };
  const subject = (each: Subject) => {
    const known = subjects.get(each.id);
    if (known?.name === each.name && known.type === each.type) return known;
    const kept = { type: text(each.type), id: text(each.id), name: text(each.name) };
    if (!known) subjects.set(kept.id, kept);
    return kept;
  };
  const facts = (each: Record<string, string | number | boolean>) => {
    const kept: Record<string, string | number | boolean> = {};
    for (const [name, value] of Object.entries(each)) kept[name] = typeof value === 'string' ? text(value) : value;
    return kept;
  };
  const finding = (each: Finding) => ({ subject: subject(each.subject), message: text(each.message), ...(each.facts ? { facts: facts(each.facts) } : {}) });
  return { subject, finding };
}
