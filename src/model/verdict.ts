import * as z from 'zod';

/** What a check may come to. The first four are said by checks, the last two by the runner alone. */
export const verdicts = ['pass', 'fail', 'manual', 'notApplicable', 'notLicensed', 'error'] as const;
export const Verdict = z.enum(verdicts);
export type Verdict = z.infer<typeof Verdict>;

/** Gravest first; the order decides sorting and `--fail-on`. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** What one check weighs in the score, by severity. The steps are those of OpenSSF Scorecard's risk levels. */
export const severityWeights: Readonly<Record<Severity, number>> = { critical: 10, high: 7.5, medium: 5, low: 2.5 };

/** Microsoft's admin areas, one folder of `checks/` each. */
export const areas = ['identity', 'apps', 'exchange', 'sharepoint', 'teams', 'powerplatform', 'devices', 'updates', 'retirements', 'tenant'] as const;
export const Area = z.enum(areas);
export type Area = z.infer<typeof Area>;
