import { expect, it } from 'vitest';
import { toldFacts } from '../../src/report/fact-names.ts';

it('facts without a word are not told, those that say no or nought are', () =>
  expect(toldFacts({ retirements: '', devices: 0, approved: false, version: '1' })).toEqual([
    ['devices', 0],
    ['approved', false],
    ['version', '1'],
  ]));
