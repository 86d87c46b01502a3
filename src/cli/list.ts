import { baseDatasets } from '../datasets/tenant.ts';
import { count, list } from '../lib/text.ts';
import type { CheckMetadata } from '../model/run-record.ts';
import { leastPermissions } from '../plan/permissions.ts';
import { describeRequest, type Plan, planScan } from '../plan/plan.ts';
import { nearest } from '../plan/select.ts';
import { exitCodes, UsageError } from './exit.ts';
import { choose, type Flags } from './options.ts';
import { metadataOf } from './run.ts';

/** What `tidytenant plan --json` prints. */
export interface PlanListing {
  permissions: { name: string; datasets: string[]; checks: string[] }[];
  datasets: {
    id: string;
    about: string;
    request: string;
    each?: string;
    permissions: readonly string[];
    servicePlans: readonly string[];
    neededBy: string[];
    wantedBy: string[];
  }[];
  checks: string[];
}

/** Shows what would be read and with which permissions; reads nothing and signs in nowhere. */
export async function plan(flags: Flags): Promise<number> {
  const { entries } = await choose(flags);
  const listing = listPlan(planScan(entries, baseDatasets), new Date());
  console.log(flags.json ? JSON.stringify(listing, null, 2) : planText(listing));
  return exitCodes.clean;
}

export function listPlan(planned: Plan, now: Date): PlanListing {
  const checks = planned.checks.map(metadataOf);
  const neededBy = (id: string) => checks.filter((check) => check.needs.includes(id)).map((check) => check.id);
  const wantedBy = (id: string) => checks.filter((check) => check.wants.includes(id) && !check.needs.includes(id)).map((check) => check.id);
  return {
    permissions: leastPermissions(planned.datasets).map(({ name, datasets }) => ({ name, datasets, checks: [...new Set(datasets.flatMap(neededBy))].sort() })),
    datasets: planned.datasets.map((dataset) => ({
      id: dataset.id,
      about: dataset.about,
      request: describeRequest(dataset, now),
      ...(dataset.each ? { each: dataset.each.of.map(({ id }) => id).join(', ') } : {}),
      permissions: dataset.permissions,
      servicePlans: dataset.servicePlans ?? [],
      neededBy: neededBy(dataset.id),
      wantedBy: wantedBy(dataset.id),
    })),
    checks: checks.map((check) => check.id),
  };
}

function planText({ permissions, datasets, checks }: PlanListing): string {
  const reads = datasets.flatMap((dataset) => [
    `  ${dataset.id}: ${dataset.about}`,
    `    ${dataset.request}${dataset.each ? ` (once per item of ${dataset.each})` : ''}`,
    `    permission ${dataset.permissions.join(' and ')}${dataset.servicePlans.length > 0 ? `; needs ${dataset.servicePlans.join(' or ')}` : ''}`,
  ]);
  const grants = permissions.map(
    ({ name, datasets: opened, checks: needy }) =>
      `  ${name}: for ${list(opened)}${needy.length > 0 ? `; ${count(needy.length, 'check')} cannot do without` : ''}`,
  );
  return [
    `${checks.length} checks read ${datasets.length} datasets. Nothing was read yet.`,
    '',
    'Datasets',
    ...reads,
    '',
    'Application permissions to grant at Microsoft Graph, the fewest that suffice',
    ...grants,
  ].join('\n');
}

export async function listChecks(flags: Flags): Promise<number> {
  const checks = (await choose(flags)).entries.map(metadataOf);
  if (flags.json) console.log(JSON.stringify(checks, null, 2));
  else for (const check of checks) console.log(`${check.severity.padEnd(8)} ${`${check.area}/${check.id}`.padEnd(52)} ${check.title}`);
  return exitCodes.clean;
}

export async function showCheck(id: string, flags: Flags): Promise<number> {
  const checks = (await choose(flags)).entries.map(metadataOf);
  const check = checks.find((each) => each.id === id);
  if (!check) {
    const hint = nearest(
      id,
      checks.map((each) => each.id),
    );
    throw new UsageError(`There is no check "${id}".`, hint ? `Did you mean "${hint}"?` : 'See the ids with: tidytenant checks list');
  }
  console.log(flags.json ? JSON.stringify(check, null, 2) : checkText(check));
  return exitCodes.clean;
}

function checkText(check: CheckMetadata): string {
  const { remediation } = check;
  return [
    `${check.area}/${check.id} (${check.severity})`,
    `  passes: ${check.title}`,
    `  fails:  ${check.failTitle}`,
    `  why:    ${check.why}`,
    `  reads:  ${check.needs.join(', ') || 'nothing'}${check.wants.length > 0 ? `; also, if readable: ${check.wants.join(', ')}` : ''}`,
    ...(check.servicePlans.length > 0 ? [`  needs a subscription with: ${check.servicePlans.join(' or ')}`] : []),
    ...(check.controls.length > 0 ? [`  controls: ${check.controls.map(({ framework, id }) => `${framework} ${id}`).join('; ')}`] : []),
    `  remediation (effort ${remediation.effort})`,
    ...remediation.steps.map((step, at) => `    ${at + 1}. ${step}`),
    ...(remediation.command ? ['    Command:', ...remediation.command.split('\n').map((line) => `      ${line}`)] : []),
    `    Users will notice: ${remediation.impact}`,
    `    Undo: ${remediation.rollback}`,
    ...check.references.map(({ label, url }) => `  ${label}: ${url}`),
  ].join('\n');
}
