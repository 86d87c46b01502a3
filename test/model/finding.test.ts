import { describe, expect, it } from 'vitest';
import { Finding, isPlainFinding } from '../../src/model/finding.ts';

const good = { subject: { type: 'user', id: '1', name: '' }, message: 'x', facts: { a: 'b', c: 1, d: false } };

describe('a plain look at a finding', () => {
  it.each([
    good,
    { ...good, facts: undefined },
    { subject: good.subject, message: 'x' },
    { ...good, facts: {} },
    null,
    undefined,
    'x',
    [],
    {},
    { ...good, message: '' },
    { ...good, message: 1 },
    { ...good, subject: null },
    { ...good, subject: [] },
    { ...good, subject: { ...good.subject, id: '' } },
    { ...good, subject: { ...good.subject, type: '' } },
    { ...good, subject: { ...good.subject, type: 1 } },
    { ...good, subject: { type: 'user', id: '1' } },
    { ...good, facts: null },
    { ...good, facts: [] },
    { ...good, facts: { a: null } },
    { ...good, facts: { a: undefined } },
    { ...good, facts: { a: Number.NaN } },
    { ...good, facts: { a: Number.POSITIVE_INFINITY } },
    { ...good, facts: { a: {} } },
  ])('says of %j what the schema says', (value) => {
    expect(isPlainFinding(value)).toBe(Finding.safeParse(value).success);
  });
});
