import type { Finding } from '../../model/finding.ts';
import { severities } from '../../model/verdict.ts';
import { shorten } from '../clean.ts';
import type { Format } from '../format.ts';
import { isAccepted, type Judged } from '../view-judged.ts';
import { type MatrixCell, type MatrixRow, type Picture, picture } from './picture.ts';

/** Who let an app in: an administrator for the app itself, an administrator on behalf of all users, or users for themselves. */
type Giver = 'app' | 'everyone' | 'users';

const sources: Readonly<Record<string, Giver>> = {
  'apps-with-takeover-permissions': 'app',
  'apps-with-all-tenant-data': 'app',
  'delegated-consent-broad': 'everyone',
  'user-consents-risky': 'users',
  'user-consents-unverified-apps': 'users',
};

const groups = [
  ['mail', /^(Mail|MailboxSettings|MailboxItem|MailboxFolder|IMAP|POP|SMTP|EWS|full_access_as_app|Exchange)/i],
  ['calendar', /^(Calendars|OnlineMeeting)/i],
  ['files', /^(Files|Sites|AllSites|MyFiles|Notes|TermStore)/i],
  ['people', /^(User|Group|GroupMember|Contacts|People|Directory\.Read|Member|OrgContact)/i],
  ['chats', /^(Chat|Channel|Team|TeamsTab|TeamsApp|Calls)/i],
  ['control', /^(RoleManagement|AppRoleAssignment|Application|Directory|Policy|Domain|Privileged|UserAuthentication|DeviceManagement|Device)/i],
] as const;
const groupNames = [...groups.map(([name]) => name), 'other'] as const;
type Group = (typeof groupNames)[number];

const shown = 8;
const most = 60;

interface Admitted {
  id: string;
  name: string;
  judged: Judged;
  marks: Map<Group, Map<Giver, { permissions: Set<string>; users: number | null }>>;
}

/** Which app may reach what, and who let it in, for the apps that the checks found. */
export function consentPicture(judged: readonly Judged[], format: Format): Picture | null {
  const apps = admittedApps(judged);
  if (apps.length === 0) return null;
  const used = groupNames.filter((group) => apps.some(({ marks }) => marks.has(group)));
  const rows = apps.map((app) => rowOf(app, used, format));
  const givers = (['app', 'everyone', 'users'] as const).filter((giver) => apps.some(({ marks }) => [...marks.values()].some((each) => each.has(giver))));
  return picture(
    {
      matrix: {
        head: format.say('pictures.app'),
        columns: used.map((group) => format.say(`pictures.group.${group}`)),
        rows: rows.slice(0, shown),
        rest: rows.slice(shown, most),
      },
    },
    {
      title: format.say('pictures.consents'),
      alt: format.say('pictures.consents'),
      note: apps.length > most ? format.say('pictures.moreApps', { count: apps.length - most }) : '',
      legend: givers.map((giver) => ({ key: `giver-${giver}`, label: format.say(`pictures.giver.${giver}`), value: '' })),
    },
  );
}

/** Gravest first: `judged` comes in that order. */
function admittedApps(judged: readonly Judged[]): Admitted[] {
  const apps = new Map<string, Admitted>();
  for (const each of judged) {
    const giver = sources[each.meta.id];
    if (!giver || each.result.verdict !== 'fail') continue;
    for (const finding of each.findings) if (!isAccepted(each, finding.subject.id)) add(apps, each, giver, finding);
  }
  return [...apps.values()].sort((a, b) => severities.indexOf(a.judged.meta.severity) - severities.indexOf(b.judged.meta.severity));
}

function add(apps: Map<string, Admitted>, judged: Judged, giver: Giver, { subject, facts = {} }: Finding): void {
  const said = facts['permissions'] ?? facts['scopes'];
  const held = typeof said === 'string' ? said.split(/[,\s]+/).filter(Boolean) : [];
  if (held.length === 0) return;
  const app = apps.get(subject.id) ?? { id: subject.id, name: subject.name, judged, marks: new Map() };
  apps.set(subject.id, app);
  for (const permission of held) {
    const group = groups.find(([, pattern]) => pattern.test(permission))?.[0] ?? 'other';
    const givers = app.marks.get(group) ?? new Map();
    app.marks.set(group, givers);
    const mark = givers.get(giver) ?? { permissions: new Set(), users: null };
    givers.set(giver, mark);
    mark.permissions.add(permission);
    if (typeof facts['users'] === 'number') mark.users = Math.max(mark.users ?? 0, facts['users']);
  }
}

function rowOf({ name, judged, marks }: Admitted, used: readonly Group[], format: Format): MatrixRow {
  const { id, severity } = judged.meta;
  return {
    label: shorten(name, 60) || format.say('pictures.noName'),
    detail: format.say(`words.severity.${severity}`),
    check: id,
    severity,
    severityLabel: format.say(`words.severity.${severity}`),
    cells: used.map(
      (group): MatrixCell => ({
        marks: [...(marks.get(group) ?? [])].map(([giver, { permissions, users }]) => ({
          key: `giver-${giver}`,
          label: [
            format.say(`pictures.giver.${giver}`),
            users === null ? '' : format.say('pictures.users', { count: users }),
            shorten([...permissions].sort().join(', '), 120),
          ]
            .filter(Boolean)
            .join(': '),
        })),
      }),
    ),
  };
}
