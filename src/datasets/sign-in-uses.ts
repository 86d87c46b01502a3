import { type DeepReadonly, type Finding, UnknownEvidence } from '../kit/kit.ts';
import { isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';

/** Sign-ins of one person or app. Refused ones are left out: a guessed password is no use of anything. */
export interface SignInUse {
  id: string;
  name: string;
  signIns: number;
  /** Sign-ins whose outcome the log does not tell. */
  unknown: number;
  last: string;
  /** Names of the programs used. */
  programs: Set<string>;
}

interface Entry {
  id: string;
  name: string | null | undefined;
  at: string;
  /** 0 = success, null = not told. */
  errorCode: number | null | undefined;
  program?: string | null | undefined;
}

/** A guessed password, a factor not given: whoever it was did not get in. */
export function isRefused({ errorCode }: Pick<Entry, 'errorCode'>): boolean {
  return errorCode != null && errorCode !== 0;
}

/** Keeps the greatest of names and times, so that the order of rows does not matter. */
export function countedSignIn(kept: Map<string, SignInUse>, entry: Entry): Map<string, SignInUse> {
  if (isRefused(entry)) return kept;
  const { id, name, at, errorCode, program } = entry;
  const use = kept.get(id) ?? { id, name: '', signIns: 0, unknown: 0, last: '', programs: new Set<string>() };
  if (errorCode === 0) use.signIns += 1;
  else use.unknown += 1;
  if (errorCode === 0 && at > use.last) use.last = at;
  if (name && name > use.name) use.name = name;
  if (program) use.programs.add(program);
  return kept.set(id, use);
}

/** One finding for whoever signed in successfully. */
export function signInFindings(
  uses: ReadonlyMap<string, DeepReadonly<SignInUse>>,
  type: string,
  say: (use: { name: string; signIns: number; last: string; programs: string[] }) => string,
): Finding[] {
  return [...uses.values()]
    .filter((use) => use.signIns > 0)
    .map((use) => {
      const name = use.name || use.id;
      const programs = [...use.programs].sort(byText);
      const last = isoDay(use.last);
      return {
        subject: { type, id: use.id, name },
        message: say({ name, signIns: use.signIns, last, programs }),
        facts: { signIns: use.signIns, last, ...(programs.length > 0 ? { programs: programs.join(', ') } : {}) },
      };
    })
    .sort((a, b) => byText(a.subject.name, b.subject.name) || byText(a.subject.id, b.subject.id));
}

/** Nothing that succeeded, and sign-ins of which nobody knows: the log holds no answer. */
export function requireOutcomes(uses: ReadonlyMap<string, DeepReadonly<SignInUse>>, what: string): void {
  if ([...uses.values()].every((use) => use.unknown === 0)) return;
  throw new UnknownEvidence(
    `The sign-in log does not tell whether sign-ins ${what} succeeded.`,
    'Entra admin center > Monitoring & health > Sign-in logs: look at the status of these sign-ins there.',
  );
}
