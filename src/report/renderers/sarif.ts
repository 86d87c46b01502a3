import { list } from '../../lib/text.ts';
import type { RunRecord } from '../../model/run-record.ts';
import type { Renderer } from '../renderer.ts';
import { fairShare } from '../sarif-limits.ts';
import { plainMessage, resultsOf } from '../sarif-results.ts';
import { rulesOf } from '../sarif-rules.ts';
import { type Judged, judgedOf, withVerdict } from '../view-judged.ts';

/** SARIF 2.1.0 (OASIS) for viewers and code scanning: every check a rule, every finding a result. */
export default {
  format: 'sarif',
  mediaType: 'application/sarif+json',
  extension: '.sarif',
  fileName: 'report.sarif',
  onRequest: true,
  render: (run) => `${JSON.stringify(logOf(run))}\n`,
} satisfies Renderer;

function logOf(run: RunRecord) {
  const judged = judgedOf(run);
  const index = new Map(judged.map(({ meta }, at) => [meta.id, at]));
  const share = fairShare(judged);
  const { tool, tenant, startedAt } = run;
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules: rulesOf(judged) } },
        // What comes before the last slash names the tenant: code scanning keeps tenants apart by it.
        automationDetails: { id: `tidytenant/${encodeURIComponent(tenant.id.toWellFormed())}/${startedAt}` },
        invocations: [invocationOf(run, judged, index, share)],
        columnKind: 'utf16CodeUnits',
        results: judged.flatMap((each) => resultsOf(each, index.get(each.meta.id) ?? 0, share)),
        properties: { tenant: { id: tenant.id, name: tenant.name, domain: tenant.domain }, score: run.score, advisoriesAsOf: run.advisoriesAsOf },
      },
    ],
  };
}

function invocationOf(run: RunRecord, judged: readonly Judged[], index: ReadonlyMap<string, number>, share: number) {
  const cut = withVerdict(judged, 'fail').filter(({ findings }) => findings.length > share);
  return {
    executionSuccessful: run.datasets.length === 0 || run.datasets.some(({ ok }) => ok),
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    toolExecutionNotifications: [
      ...withVerdict(judged, 'error').map(({ meta, result: { cause } }) => ({
        level: 'error',
        descriptor: { id: cause?.reason ?? 'error' },
        associatedRule: { id: meta.id, index: index.get(meta.id) ?? 0 },
        message: plainMessage([`Could not be judged: ${meta.title}.`, cause?.detail, cause?.fix]),
      })),
      ...cut.map(({ meta, findings }) => ({
        level: 'warning',
        descriptor: { id: 'truncated' },
        associatedRule: { id: meta.id, index: index.get(meta.id) ?? 0 },
        message: plainMessage([
          `${findings.length - share} of ${findings.length} findings are left out here: code scanning takes no more than 25,000 results.`,
          'findings.csv holds them all.',
        ]),
      })),
    ],
    toolConfigurationNotifications: run.datasets
      .filter(({ ok }) => !ok)
      .map(({ id, reason = 'unavailable', detail, fix, permissions }) => ({
        level: reason === 'license' ? 'note' : 'warning',
        descriptor: { id: `unread/${reason}` },
        message: plainMessage([`${id} was not read.`, detail, fix, permissions.length > 0 ? `It needs ${list(permissions)}.` : undefined]),
      })),
  };
}
