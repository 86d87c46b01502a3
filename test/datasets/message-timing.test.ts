import { describe, expect, it } from 'vitest';
import { serviceMessages } from '../../src/datasets/graph/serviceMessages.ts';
import { timingOf } from '../../src/datasets/message-timing.ts';

const before = (timing: string) =>
  `<p>We planned this in January 2020.</p><p><b>[When this will happen:]</b></p>${timing}<p><b>[How this affects your organization:]</b></p><p>Since March 2021 …</p>`;
const after = (timing: string) =>
  `<h2>What and Why</h2><p>Since May 2019.</p><h2>Rollout Schedule</h2>${timing}<h2>Impact on Your Organization</h2><p>June 2022</p>`;

describe.each([
  ['headings until May 2026', before],
  ['headings since', after],
])('%s', (_name, post) => {
  it.each([
    ['a day', '<p>It stops on October 1, 2026.</p>', ['2026-10-01']],
    ['a day with its ordinal', '<p>It stops on October 1st 2026.</p>', ['2026-10-01']],
    ['a day before the month', '<p>It stops on 1 October 2026.</p>', ['2026-10-01']],
    ['a month', '<p>We expect to complete by late October&nbsp;2026.</p>', ['2026-10']],
    ['an ISO date', '<ul><li>2026-10-01</li></ul>', ['2026-10-01']],
    ['each date once, in order', '<p>From late November 2026</p><p>Worldwide: October 5, 2026<br>late November 2026</p>', ['2026-10-05', '2026-11']],
    ['no earlier plan', '<p>Complete by late March 2027 (previously late August 2026).</p>', ['2027-03']],
    ['no date', '<p>Soon.</p>', undefined],
    ['no date that does not exist', '<p>April 31, 2027</p>', undefined],
    ['no month without a year', '<p>Begins in early October.</p>', undefined],
  ])('give %s', (_what, timing, dates) => expect(timingOf(post(timing))).toEqual(dates));
});

it('takes a heading and its text on one line', () =>
  expect(timingOf('<p><strong>When this will happen:</strong> by May 2027</p><p>What you need to do to prepare: nothing since June 2020</p>')).toEqual([
    '2027-05',
  ]));
it('takes a sentence that begins like a heading for a sentence', () =>
  expect(timingOf('<p>Rollout schedule</p><p>Action required by users begins in May 2027.</p>')).toEqual(['2027-05']));
it.each(['', '<p>It stops in May 2027.</p>', '<'.repeat(300_000), `${'<b'.repeat(100_000)}May 2027`])('finds no part on timing where there is none', (html) =>
  expect(timingOf(html)).toBeUndefined(),
);

it('is all the dataset keeps of a body', () => {
  const kept = serviceMessages.keep.add([], { id: 'MC1', title: 'T', body: { content: after('<p>May 2027</p>') } });
  expect(serviceMessages.keep.add(kept, { id: 'MC2', title: 'T', body: null })).toEqual([
    { id: 'MC1', title: 'T', timing: ['2027-05'] },
    { id: 'MC2', title: 'T' },
  ]);
});
