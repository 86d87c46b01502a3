import { teamsCatalogApps } from '../../src/datasets/graph/teamsCatalogApps.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { daysBetween, isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Resource-specific permissions that open messages, files or recordings of a team, chat or meeting. */
const reading = /^(ChannelMessage|ChatMessage|File|OnlineMeetingRecording|OnlineMeetingTranscript|MeetingTranscript)\.Read/;

const oldAfterDays = 730;

export default defineCheck({
  id: 'custom-teams-apps-unreviewed',
  title: 'Own Teams apps are maintained and read no messages or files',
  failTitle: 'Own Teams apps need review',
  why: 'Home-made apps and bots keep their rights and have no vendor who patches them.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Manage custom apps', url: 'https://learn.microsoft.com/microsoftteams/teams-custom-app-policies-and-settings' },
    { label: 'Resource-specific consent', url: 'https://learn.microsoft.com/microsoftteams/platform/graph-api/rsc/resource-specific-consent' },
  ],
  servicePlans: ['TEAMS1'],
  remediation: {
    effort: 'medium',
    impact: 'A removed app disappears from Teams for everyone who used it.',
    steps: [
      'Teams admin center > Teams apps > Manage apps: filter by "Custom app", open each app named here.',
      'Find its owner and where its code lives. Without an owner: block it, wait, then delete it.',
      'With one: ask for an update that drops permissions it does not need, and accept it in the configuration with an end date.',
    ],
    command: 'Remove-MgAppCatalogTeamApp -TeamsAppId <app-id>',
    rollback: 'Upload the app package again: Teams admin center > Manage apps > Upload new app.',
  },
  needs: { teamsCatalogApps },

  evaluate(evidence, { now }) {
    const apps = evidence.teamsCatalogApps.filter((app) => app.distributionMethod !== 'store');
    const findings = apps.flatMap((app): Finding[] => {
      const used = app.appDefinitions.filter((each) => each.publishingState !== 'rejected' && each.publishingState !== 'submitted');
      const permissions = used.flatMap((each) => each.authorization?.requiredPermissionSet?.resourceSpecificPermissions ?? []);
      const reads = [
        ...new Set(permissions.flatMap((each) => (each.permissionValue && reading.test(each.permissionValue) ? [each.permissionValue] : []))),
      ].sort();
      const changed = used
        .flatMap((each) => each.lastModifiedDateTime ?? [])
        .sort(byText)
        .at(-1);
      const reasons = [
        ...(reads.length > 0 ? [`reads messages or files (${list(reads, 3)})`] : []),
        ...(used.some((each) => each.bot) ? ['has a bot'] : []),
        ...(changed && daysBetween(changed, now) > oldAfterDays ? [`was last changed on ${isoDay(changed)}, more than two years ago`] : []),
      ];
      if (reasons.length === 0) return [];
      const name = app.displayName || app.id;
      const facts = { permissions: reads.join(', '), ...(changed ? { lastChanged: isoDay(changed) } : {}) };
      return [{ subject: { type: 'teamsApp', id: app.id, name }, message: `${name}, published by this organization, ${list(reasons)}.`, facts }];
    });
    return failIfAny(findings, apps.length);
  },
});
