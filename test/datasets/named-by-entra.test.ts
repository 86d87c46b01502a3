import { expect, it } from 'vitest';
import { namedByEntra } from '../../src/datasets/named-by-entra.ts';

const resource = (subjectId: string, status = 'active') => ({ subjectId, displayName: subjectId, resourceType: 'app', status });
const advice = (recommendationType: string | null, status: string, ...impactedResources: ReturnType<typeof resource>[]) => ({
  ...{ id: 'r', displayName: 'R', recommendationType, status, impactedResources },
});

it('takes open objects of open recommendations of the wanted types', () => {
  const all = [
    advice('oldOne', 'active', resource('a'), resource('done', 'completedByUser')),
    advice('oldTwo', 'active', resource('b')),
    advice('oldOne', 'dismissed', resource('c')),
    advice('newOne', 'active', resource('d')),
    advice(null, 'active', resource('e')),
    { ...advice('oldOne', 'active'), impactedResources: null },
  ];
  expect([...namedByEntra(all, /^old/)].sort()).toEqual(['a', 'b']);
});
