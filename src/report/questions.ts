import type { Measure } from '../model/measure.ts';

/** What in a run record speaks to each question a business owner asks. New checks and measures join by their id. */
export interface Question {
  number: number;
  question: string;
  /** Measures whose id begins so, without regard to case and hyphens. */
  measures: readonly string[];
  topics: readonly Topic[];
  /** Checks without whose pass the question is never answered "in order": they are what it asks about. */
  rests?: readonly string[];
  /** Units the figure may have; absent = any. */
  units?: readonly Measure['unit'][];
  /** What the figure is taken from where both are there. */
  leads: 'measures' | 'checks';
  /** Why this stays open when the run holds nothing on it. */
  notYet: string;
}

export interface Topic {
  label: string;
  /** Ids of checks. */
  checks: RegExp;
}

export const questions = {
  coverage: {
    number: 1,
    leads: 'measures',
    question: 'What is our patch coverage rate, now and at 7, 14 and 30 days after release?',
    measures: ['patchcoverage', 'coverage', 'monthsbehind', 'staledevices', 'lostdevices'],
    topics: [
      {
        label: 'State of computers and phones',
        checks: /^(windows-(devices-behind|patch-level|version-unsupported)|patch-coverage|office-(build|version)|macos-version|mobile-os-behind|server-os)/,
      },
    ],
    notYet: 'this run holds no list of managed computers to count.',
  },
  timeToPatch: {
    number: 2,
    leads: 'measures',
    question: 'How long do we take to patch critical and exploited vulnerabilities? How long were we exposed?',
    units: ['days', 'deviceDays'],
    measures: ['timetopatch', 'meantimetopatch', 'exposure', 'exploited', 'openexploited', 'critical', 'deadline', 'fixoverdue'],
    topics: [{ label: 'Critical and exploited holes', checks: /^(exploited-fix|critical-fix|exploitable-software|end-of-support-software)/ }],
    notYet: 'a time to patch needs computers that were seen at least twice, before and after an update.',
  },
  tiers: {
    number: 3,
    leads: 'checks',
    question: 'Do we roll out in tiers, test before production, and can we roll back a failed update?',
    rests: ['update-rings-not-tiered', 'rollback-not-ready'],
    measures: ['ringbound', 'devicesinnoring', 'rollback', 'tiers'],
    topics: [
      {
        label: 'Rollout in tiers',
        checks: /^(update-(ring|rings|deadline|bound|deployments|service)|rollback-|feature-policy|driver-update|recovery-keys|hotpatch|compliance-min)/,
      },
    ],
    notYet: 'this run holds no update policies to look at.',
  },
  ledger: {
    number: 4,
    leads: 'measures',
    question: 'What was patched, when, against which vulnerabilities, on which systems?',
    measures: ['ledger', 'patchledger', 'installedupdates'],
    topics: [],
    notYet:
      'the ledger is a document of its own, kept with the history of scans: tidytenant ledger export writes it for any period. Which fixes are missing today is listed among the findings on updates.',
  },
  access: {
    number: 6,
    leads: 'checks',
    question: 'Who can still sign in the old way? Which apps, add-ins and connectors have access, and to what?',
    measures: ['legacyauth', 'oldsignin', 'appswith', 'consents'],
    topics: [
      {
        label: 'Old ways to sign in',
        checks: /^(legacy-(auth|tls)|device-code|auth-transfer|smtp-auth|password-grant|sharepoint-legacy|per-user-mfa|old-powershell|federated-token)/,
      },
      {
        label: 'Access of apps',
        checks:
          /^(apps-with-|delegated-consent|user-consent|risky-app-consent|group-owner-consent|mail-apps|known-abused|privileged-apps|workload-|role-holding|enterprise-app|aad-graph-apps|ews-permissions|retired-api-permission)/,
      },
      { label: 'Add-ins and connectors', checks: /(addin|add-in|office-store|connector|catalog-apps|external-connections|third-party-storage|webhook)/ },
    ],
    notYet: 'this run holds no sign-in rules and no apps to look at.',
  },
} satisfies Record<string, Question>;

/** Answered from other parts of the record than checks and measures. */
export const otherQuestions = {
  retirements: { number: 5, question: 'Which features we use are being retired, when, and what breaks?' },
  changes: {
    number: 7,
    question: 'What got better or worse since the last report, who owns each open item, and which risks were accepted by whom until when?',
  },
  unjudged: { number: 8, question: 'What could not be judged, and what would it take?' },
} as const;
