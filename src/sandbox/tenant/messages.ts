import type { Row } from '../collection.ts';
import { hostile } from './names.ts';
import type { World } from './world.ts';

interface Post {
  id: string;
  title: string;
  services: readonly string[];
  /** Days before now; negative = still to come; undefined = no action asked for. */
  due?: number;
  /** A day that the calendar fixes, instead of `due`: the post is one that Microsoft really sent. */
  on?: string;
  /** The part that says when it happens, in the words of a post. */
  rollout?: string;
  changed: number;
  category?: string;
  severity?: string;
  major?: boolean;
  tags?: readonly string[];
}

const retirement = { category: 'planForChange', tags: ['Admin impact', 'Retirement'], major: true };

/** Overdue, due in ten days, due later, for a service nobody uses here, and without a date. */
const messy: readonly Post[] = [
  {
    id: 'MC1180001',
    title: 'Legacy inventory connector retires: move to the new connector',
    services: ['Microsoft Teams'],
    due: 20,
    changed: 60,
    ...retirement,
  },
  { id: 'MC1180002', title: 'Old mail export interface is switched off', services: ['Exchange Online'], due: 75, changed: 150, ...retirement },
  { id: 'MC1180003', title: 'Classic site badges stop rendering', services: ['SharePoint Online'], due: -10, changed: 30, ...retirement },
  {
    id: 'MC1180004',
    title: 'New default for meeting recordings',
    services: ['Microsoft Teams'],
    due: -45,
    changed: 12,
    category: 'planForChange',
    tags: ['New feature', 'Admin impact'],
  },
  {
    id: 'MC1180005',
    title: 'Reporting workspace moves to a new address',
    services: ['Microsoft 365 suite'],
    due: -200,
    changed: 9,
    category: 'planForChange',
    tags: ['Updated message'],
  },
  { id: 'MC1180006', title: 'Change to project boards', services: ['Project Online'], due: -14, changed: 8, ...retirement },
];

/** Posts that every tenant got, about things this one uses. The second and the last name other days than the list that ships. */
const known: readonly Post[] = [
  {
    id: 'MC1226495',
    title: '(Updated) Retirement of Microsoft Teams live events',
    services: ['Microsoft Teams'],
    on: '2027-02-28',
    changed: 6,
    ...retirement,
    tags: ['Updated message', 'Admin impact', 'Retirement'],
  },
  {
    id: 'MC1248389',
    title: 'Exchange Online PowerShell: the Credential parameter is removed',
    services: ['Exchange Online'],
    on: '2027-09-30',
    changed: 40,
    rollout: 'Module versions of July 2026 no longer have it; the service refuses it from September 30, 2027.',
    ...retirement,
  },
  {
    id: 'MC1188230',
    title: 'Microsoft Entra ID: properties of the passkey policy retire',
    services: ['Microsoft Entra'],
    changed: 120,
    rollout: 'The properties stop in October 2027 and are gone by November 2027.',
    ...retirement,
  },
  {
    id: 'MC1220762',
    title: 'Microsoft Defender: advanced hunting interfaces retire',
    services: ['Microsoft Defender XDR'],
    on: '2027-05-03',
    changed: 9,
    ...retirement,
  },
];

const quiet: readonly Post[] = [
  { id: 'MC1180010', title: 'Small improvements to the admin center', services: ['Microsoft 365 suite'], changed: 15, tags: ['User impact'] },
  { id: 'MC1180011', title: 'A new layout for shared calendars', services: ['Exchange Online'], changed: 5, tags: ['New feature', 'User impact'] },
  {
    id: 'MC1180012',
    title: 'Long finished: encryption of old links',
    services: ['SharePoint Online'],
    due: 500,
    changed: 600,
    category: 'preventOrFixIssue',
    severity: 'high',
  },
];

export function messagesOf(world: World): Row[] {
  const posts = world.clean ? quiet : [...messy, ...known, ...quiet];
  return posts.map((post, index) => messageRow(world, post, index));
}

function messageRow(world: World, post: Post, index: number): Row {
  const title = world.hostileNames && index % 2 === 0 ? (hostile[index % hostile.length] as string) : post.title;
  return {
    id: post.id,
    title,
    category: post.category ?? 'stayInformed',
    severity: post.severity ?? 'normal',
    services: post.services,
    tags: post.tags ?? [],
    isMajorChange: post.major ?? false,
    startDateTime: world.times.ago(post.changed + 20),
    endDateTime: world.times.ago(post.due === undefined ? -120 : post.due - 120),
    lastModifiedDateTime: world.times.ago(post.changed),
    actionRequiredByDateTime: post.on ? `${post.on}T00:00:00Z` : post.due === undefined ? null : world.times.ago(post.due),
    body: { contentType: 'html', content: bodyOf(post) },
    details: [{ name: 'Platforms', value: 'Web' }],
    expiryDateTime: null,
    hasAttachments: false,
    viewPoint: null,
  };
}

/** Since May 2026 posts have these headings. */
function bodyOf({ title, rollout }: Post): string {
  return rollout ? `<p><b>What and Why</b><br>${title}.</p><p><b>Rollout Schedule</b><br>${rollout}</p>` : `<p>${title}.</p>`;
}
