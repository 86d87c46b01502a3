import { byText, count } from '../lib/text.ts';
import type { DatasetRecord, RunRecord } from '../model/run-record.ts';
import { oneLine, shorten } from './clean.ts';
import type { Format } from './format.ts';
import { reasonWords } from './words.ts';

export interface Sources {
  read: { about: string; permissions: string; items: string; pages: string; requests: string; at: string }[];
  unread: { about: string; permissions: string; because: string; detail: string; requestId: string | null }[];
  facts: { label: string; value: string }[];
}

/** What the report rests on: every dataset, read or not, and the state of the scanner's own data. */
export function sourcesView(run: RunRecord, format: Format): Sources {
  const datasets = [...run.datasets].sort((a, b) => byText(a.about, b.about) || byText(a.id, b.id));
  return {
    read: datasets.filter(({ ok }) => ok).map((dataset) => readRow(dataset, format)),
    unread: datasets.filter(({ ok }) => !ok).map(unreadRow),
    facts: factsOf(run, format),
  };
}

/** As a heading: without the full stop of the sentence. */
export function aboutOf({ about }: DatasetRecord): string {
  return shorten(about, 200).replace(/\.$/, '');
}

function readRow(dataset: DatasetRecord, format: Format): Sources['read'][number] {
  const number = (value: number | undefined) => (value === undefined ? '' : format.number(value));
  return {
    about: aboutOf(dataset),
    permissions: dataset.permissions.map(oneLine).join(', '),
    items: number(dataset.items),
    pages: number(dataset.pages),
    requests: number(dataset.requests),
    at: dataset.at ? format.instant(dataset.at) : '',
  };
}

function unreadRow(dataset: DatasetRecord): Sources['unread'][number] {
  return {
    about: aboutOf(dataset),
    permissions: dataset.permissions.map(oneLine).join(', '),
    because: reasonWords[dataset.reason ?? 'unavailable'].cause,
    detail: shorten(dataset.detail ?? '', 400),
    requestId: dataset.requestId ? oneLine(dataset.requestId) : null,
  };
}

function factsOf({ tool, tenant, startedAt, finishedAt, advisoriesAsOf, requests, schemaVersion }: RunRecord, format: Format): Sources['facts'] {
  const waits = requests.throttled ? `; Microsoft asked ${count(requests.throttled, 'time')} to slow down` : '';
  const plans =
    tenant.servicePlans === null
      ? `not known: ${shorten(tenant.servicePlansBecause ?? 'could not be read', 200)}`
      : count(tenant.servicePlans.length, 'service plan');
  return [
    { label: 'Tenant id', value: oneLine(tenant.id) },
    { label: 'Licences read', value: plans },
    { label: 'Scan started', value: format.instant(startedAt) },
    { label: 'Scan finished', value: format.instant(finishedAt) },
    {
      label: 'Requests',
      value: `${format.number(requests.total)}, ${format.bytes(requests.bytes)} received, ${format.number(requests.retried)} repeated${waits}`,
    },
    { label: 'Data on retirements and updates', value: `as of ${format.day(advisoriesAsOf)}` },
    { label: 'Made with', value: oneLine(`${tool.name} ${tool.version}`) },
    { label: 'Version of the run record', value: String(schemaVersion) },
  ];
}
