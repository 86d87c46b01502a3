import { byText } from '../lib/text.ts';
import type { DatasetRecord, RunRecord } from '../model/run-record.ts';
import { oneLine } from './clean.ts';
import { datasetTextIn } from './dataset-texts.ts';
import type { Format } from './format.ts';
import { short, type Told } from './sentences.ts';

export interface Sources {
  read: { about: string; lang: string | null; permissions: string; items: string; pages: string; requests: string; at: string }[];
  unread: { about: string; lang: string | null; permissions: string; because: string; detail: Told; requestId: string | null }[];
  /** `detail` is what the record says about it. */
  facts: { label: string; value: string; detail: Told }[];
}

/** What the report rests on: every dataset, read or not, and the state of the scanner's own data. */
export function sourcesView(run: RunRecord, format: Format): Sources {
  const datasets = [...run.datasets].sort((a, b) => byText(a.about, b.about) || byText(a.id, b.id));
  return {
    read: datasets.filter(({ ok }) => ok).map((dataset) => readRow(dataset, format)),
    unread: datasets.filter(({ ok }) => !ok).map((dataset) => unreadRow(dataset, format)),
    facts: factsOf(run, format),
  };
}

function readRow(dataset: DatasetRecord, format: Format): Sources['read'][number] {
  const number = (value: number | undefined) => (value === undefined ? '' : format.number(value));
  return {
    ...datasetTextIn(format, dataset),
    permissions: dataset.permissions.map(oneLine).join(', '),
    items: number(dataset.items),
    pages: number(dataset.pages),
    requests: number(dataset.requests),
    at: dataset.at ? format.instant(dataset.at) : '',
  };
}

function unreadRow(dataset: DatasetRecord, format: Format): Sources['unread'][number] {
  return {
    ...datasetTextIn(format, dataset),
    permissions: dataset.permissions.map(oneLine).join(', '),
    because: format.say(`reasons.cause.${dataset.reason ?? 'unavailable'}`),
    detail: short(dataset.detail, 400, format),
    requestId: dataset.requestId ? oneLine(dataset.requestId) : null,
  };
}

function factsOf({ tool, tenant, startedAt, finishedAt, advisoriesAsOf, requests, schemaVersion }: RunRecord, format: Format): Sources['facts'] {
  const { say } = format;
  const fact = (key: string, value: string, because?: string) => ({ label: say(`sources.fact.${key}`), value, detail: short(because, 200, format) });
  const asked = { total: requests.total, bytes: format.bytes(requests.bytes), retried: requests.retried };
  const waits = requests.throttled > 0 ? say('sources.throttled', { count: requests.throttled }) : '';
  return [
    fact('tenantId', oneLine(tenant.id)),
    tenant.servicePlans === null
      ? fact('licences', say('sources.plansUnknown'), tenant.servicePlansBecause)
      : fact('licences', say('sources.plans', { count: tenant.servicePlans.length })),
    fact('started', format.instant(startedAt)),
    fact('finished', format.instant(finishedAt)),
    fact('requests', [say('sources.requests', asked), waits].filter(Boolean).join('; ')),
    fact('advisories', say('sources.asOf', { date: format.day(advisoriesAsOf) })),
    fact('madeWith', oneLine(`${tool.name} ${tool.version}`)),
    fact('schema', String(schemaVersion)),
  ];
}
