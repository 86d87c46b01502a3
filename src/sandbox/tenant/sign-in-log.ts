import { dayInMs } from '../../lib/dates.ts';
import { type Collection, tableOf } from '../collection.ts';
import { guid, hasher } from './seed.ts';
import { ofPattern, type Pattern, signInFields } from './sign-in-row.ts';
import { cast, isGuest } from './users.ts';
import type { World } from './world.ts';

const mailbox = 'Office 365 Exchange Online';

/** What the users of old protocols use, each user one of these; every sixth attempt or so fails. */
const patterns: readonly Pattern[] = [
  { client: 'IMAP4', app: mailbox, errorCode: 0, interactive: false },
  { client: 'Exchange ActiveSync', app: mailbox, errorCode: 0, interactive: true },
  { client: 'POP3', app: mailbox, errorCode: 0, interactive: false },
  { client: 'Authenticated SMTP', app: mailbox, errorCode: 0, interactive: false },
  { client: 'Exchange Web Services', app: mailbox, errorCode: 0, interactive: false },
  { client: 'Other clients', app: mailbox, errorCode: 50_126, interactive: false },
  { client: 'MAPI Over HTTP', app: mailbox, errorCode: 0, interactive: false },
].map((pattern, at) => ({ ...pattern, appId: guid('signInApp', 100_000 + at) }));

/** So many people at most still use them. */
const mostUsers = 2000;
const days = 29.97;
const drawnUser = hasher('signInUser');
const drawnShift = hasher('signInShift');

/** A log of any length, newest first; every entry follows from its number. */
export function generatedSignIns(world: World): Collection {
  const people = Math.max(1, Math.min(mostUsers, world.users - cast.crowd - 1));
  const user = (index: number) => memberAt(cast.crowd + (drawnUser(index) % people));
  const kind = (index: number) => user(index) % patterns.length;
  const fields = signInFields(world, {
    id: (index) => guid('signInLog', index),
    correlationId: (index) => guid('correlationLog', index),
    createdDateTime: (index) => momentOf(world, index),
    user,
    pattern: (index) => patterns[kind(index)] as Pattern,
  });
  return tableOf(world.signIns, fields, { descending: 'createdDateTime', kinds: { count: patterns.length, of: kind, names: new Set(ofPattern) } });
}

const memberAt = (index: number) => (isGuest(index) ? index + 1 : index);

/**
 * Later entries lie further back, to 100 nanoseconds; days are full and nights are nearly empty. Every fifth entry comes
 * at the very moment of the one before it.
 */
function momentOf(world: World, index: number): string {
  const at = index % 5 === 4 ? index - 1 : index;
  const even = (days * (at + drawnShift(at) / 2 ** 32)) / world.signIns;
  const age = even + (0.85 * Math.sin(2 * Math.PI * even)) / (2 * Math.PI);
  const time = world.times.now.getTime() - age * dayInMs;
  const whole = Math.floor(time / 1000);
  const fraction = Math.floor((time - whole * 1000) * 10_000);
  return `${new Date(whole * 1000).toISOString().slice(0, 19)}.${String(fraction).padStart(7, '0')}Z`;
}
