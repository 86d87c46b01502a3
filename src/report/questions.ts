/** What in a run record speaks to each question a business owner asks. New checks and measures join by their id. */
export interface Question {
  number: number;
  /** Names the question in the messages. */
  key: QuestionKey;
  /** Measures whose id begins so. */
  measures: readonly string[];
  topics: readonly Topic[];
  /** Checks without whose pass the question is never answered "in order": they are what it asks about. */
  rests?: readonly string[];
}

export type QuestionKey = 'coverage' | 'timeToPatch' | 'tiers' | 'ledger' | 'retirements' | 'access' | 'changes' | 'unjudged';

export interface Topic {
  /** Names it in the messages. */
  key: string;
  /** Ids of checks. */
  checks: RegExp;
}

export const questions = {
  coverage: {
    number: 1,
    key: 'coverage',
    measures: [
      'patch-coverage',
      'months-behind',
      'device-states',
      'stale-devices',
      'lost-devices',
      'worst-devices',
      'office-',
      'android-',
      'devices-not-judged',
      'apple-',
      'servers-and-network',
      'defender-onboarding',
      'updates-not-in-data',
    ],
    topics: [
      {
        key: 'state',
        checks: /^(windows-(devices-behind|patch-level|version-unsupported)|patch-coverage|office-(build|version)|macos-version|mobile-os-behind|server-os)/,
      },
    ],
  },
  timeToPatch: {
    number: 2,
    key: 'timeToPatch',
    measures: ['time-to-patch', 'mean-time-to-patch', 'exposure', 'open-exploited', 'critical-gaps', 'deadline-', 'systemic-lateness', 'exploitable-software'],
    topics: [{ key: 'holes', checks: /^(exploited-fix|critical-fix|exploitable-software|end-of-support-software)/ }],
  },
  tiers: {
    number: 3,
    key: 'tiers',
    rests: ['update-rings-not-tiered', 'rollback-not-ready'],
    measures: ['tiers', 'ring-bound', 'ring-coverage', 'devices-in-no-ring', 'update-policies', 'rollback'],
    topics: [
      {
        key: 'rollout',
        checks: /^(update-(ring|rings|deadline|bound|deployments|service)|rollback-|feature-policy|driver-update|recovery-keys|hotpatch|compliance-min)/,
      },
    ],
  },
  ledger: { number: 4, key: 'ledger', measures: ['patch-ledger'], topics: [] },
  access: {
    number: 6,
    key: 'access',
    measures: ['app-access'],
    topics: [
      {
        key: 'signIn',
        checks: /^(legacy-(auth|tls)|device-code|auth-transfer|smtp-auth|password-grant|sharepoint-legacy|per-user-mfa|old-powershell|federated-token)/,
      },
      {
        key: 'apps',
        checks:
          /^(apps-with-(?!office)|delegated-consent|user-consent|risky-app-consent|group-owner-consent|mail-apps|known-abused|privileged-apps|workload-|role-holding|enterprise-app|aad-graph-apps|ews-permissions|retired-api-permission)/,
      },
      { key: 'addins', checks: /(addin|add-in|office-store|connector|catalog-apps|external-connections|third-party-storage|webhook)/ },
    ],
  },
} satisfies Record<string, Question>;

/** Answered from other parts of the record than checks and measures. */
export const otherQuestions = {
  retirements: { number: 5, key: 'retirements' },
  changes: { number: 7, key: 'changes' },
  unjudged: { number: 8, key: 'unjudged' },
} as const;
