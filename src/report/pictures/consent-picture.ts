import { signInScopes } from '../../advisories/permission-risk.ts';
import type { MeasureTable } from '../../model/measure.ts';
import type { RunRecord } from '../../model/run-record.ts';
import { severities } from '../../model/verdict.ts';
import { shorten } from '../clean.ts';
import type { Format } from '../format.ts';
import { isAccepted, type Judged } from '../view-judged.ts';
import { type MatrixCell, type MatrixRow, type Picture, picture } from './picture.ts';

/** Who let an app in: an administrator for the app itself, an administrator on behalf of all users, or users for themselves. */
const givers = { itself: 'app', everybody: 'everyone', byPeople: 'users' } as const;
type Giver = (typeof givers)[keyof typeof givers];

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
  name: string;
  /** The gravest check that names it, unless somebody accepted that. */
  judged: Judged | undefined;
  people: number;
  marks: Map<Group, { giver: Giver; permissions: string[] }[]>;
}

/** Which app may reach what, and who let it in. Without a list of the apps there is nothing to draw. */
export function consentPicture({ measures }: RunRecord, judged: readonly Judged[], format: Format): Picture | null {
  const measure = measures.find(({ id }) => id === 'app-access');
  const apps = measure?.table ? admittedApps(measure.table, judged) : [];
  if (!measure || apps.length === 0) return null;
  const used = groupNames.filter((group) => apps.some(({ marks }) => marks.has(group)));
  const rows = apps.map((app) => rowOf(app, used, format));
  const seen = Object.values(givers).filter((giver) => apps.some(({ marks }) => [...marks.values()].flat().some((mark) => mark.giver === giver)));
  const more = Math.max(measure.value ?? 0, apps.length) - most;
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
      note: [measure.value === null ? format.say('pictures.consentsPartly') : '', more > 0 ? format.say('pictures.moreApps', { count: more }) : '']
        .filter(Boolean)
        .join(' '),
      legend: seen.map((giver) => ({ key: `giver-${giver}`, label: format.say(`pictures.giver.${giver}`), value: '' })),
    },
  );
}

/** In the order of the list, which is by power; those that a check names come first, gravest first. */
function admittedApps(table: MeasureTable, judged: readonly Judged[]): Admitted[] {
  const named = namedBy(judged);
  const place = (id: string) => table.columns.findIndex((column) => column.id === id);
  const apps = table.rows.map((row): Admitted => {
    const text = (id: string) => String(row[place(id)] ?? '');
    const people = row[place('people')];
    const marks: Admitted['marks'] = new Map();
    for (const [column, giver] of Object.entries(givers))
      for (const [group, permissions] of grouped(text(column))) {
        marks.set(group, [...(marks.get(group) ?? []), { giver, permissions }]);
      }
    return { name: text('app'), judged: named.get(text('objectId')), people: typeof people === 'number' ? people : 0, marks };
  });
  const rank = ({ judged: by }: Admitted) => (by ? severities.indexOf(by.meta.severity) : severities.length);
  return apps.filter(({ marks }) => marks.size > 0).sort((a, b) => rank(a) - rank(b));
}

/** Apps by the gravest open finding: `judged` comes gravest first. */
function namedBy(judged: readonly Judged[]): Map<string, Judged> {
  const named = new Map<string, Judged>();
  for (const each of judged) {
    if (each.meta.area !== 'apps' || each.result.verdict !== 'fail') continue;
    for (const { subject } of each.findings) {
      if (subject.type === 'servicePrincipal' && !named.has(subject.id) && !isAccepted(each, subject.id)) named.set(subject.id, each);
    }
  }
  return named;
}

function grouped(permissions: string): Map<Group, string[]> {
  const held = permissions.split(', ').filter((permission) => /^\w/.test(permission) && !signInScopes.has(permission));
  return Map.groupBy(held, (permission) => groups.find(([, pattern]) => pattern.test(permission))?.[0] ?? 'other');
}

function rowOf({ name, judged, people, marks }: Admitted, used: readonly Group[], format: Format): MatrixRow {
  const severity = judged?.meta.severity;
  return {
    label: shorten(name, 60) || format.say('pictures.noName'),
    detail: severity ? format.say(`words.severity.${severity}`) : '',
    check: judged?.meta.id ?? '',
    severity: severity ?? '',
    severityLabel: severity ? format.say(`words.severity.${severity}`) : '',
    cells: used.map(
      (group): MatrixCell => ({
        marks: (marks.get(group) ?? []).map(({ giver, permissions }) => ({ key: `giver-${giver}`, label: markLabel(giver, permissions, people, format) })),
      }),
    ),
  };
}

function markLabel(giver: Giver, permissions: readonly string[], people: number, { say }: Format): string {
  const who = [say(`pictures.giver.${giver}`), giver === 'users' && people > 0 ? say('pictures.users', { count: people }) : ''];
  return [...who, shorten(permissions.join(', '), 120)].filter(Boolean).join(': ');
}
