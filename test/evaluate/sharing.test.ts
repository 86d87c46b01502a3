import { describe, expect, it } from 'vitest';
import { sharing } from '../../src/evaluate/sharing.ts';

const device = (id: string, name: string) => ({ type: 'managedDevice', id, name });
const finding = (id: string, name: string) => ({ subject: device(id, name), message: `${name} is late.`, facts: { user: 'ada', days: 3, guest: false } });

describe('what findings have in common', () => {
  it('says the same, and one subject is one object', () => {
    const share = sharing();
    const [first, again] = [share.finding(finding('1', 'PC')), share.finding(finding('1', 'PC'))];
    expect(first).toEqual(finding('1', 'PC'));
    expect(JSON.stringify(first)).toBe(JSON.stringify(finding('1', 'PC')));
    expect(again.subject).toBe(first.subject);
    expect(share.subject(device('1', 'PC'))).toBe(first.subject);
  });

  it('keeps apart what only has its id in common', () => {
    const share = sharing();
    const subjects = [device('1', 'PC'), device('1', 'Laptop'), { ...device('1', 'PC'), type: 'user' }, device('1', 'PC')];
    expect(subjects.map(share.subject)).toEqual(subjects);
  });

  it('gives no facts to a finding without any', () => {
    expect(Object.keys(sharing().finding({ subject: device('1', ''), message: 'It is late.' }))).toEqual(['subject', 'message']);
  });
});
