import type { Finding } from '../kit/kit.ts';
import { byText, list } from '../lib/text.ts';
import type { Policy } from './conditional-access.ts';
import { coverageOf, type Demand, type Directory, policiesFor } from './coverage.ts';
import { unknownCoverage } from './coverage-findings.ts';
import { type EmergencyAccounts, emergencyFacts, toleratedRemark } from './emergency.ts';
import type { User } from './graph/users.ts';
import { type PrivilegedRole, privilegedRoles, type RoleHolders } from './roles.ts';

export interface RoleQuestion {
  policies: readonly Policy[];
  demand: Demand;
  /** Roles as Conditional Access sees them, eligible holders taken as if they had switched the role on. */
  directory: Directory;
  holders: RoleHolders;
  /** Holders that may stay uncovered. */
  emergency: EmergencyAccounts;
  /** Also judge roles of the baselines that nobody holds: somebody may be given them tomorrow. */
  unheld: boolean;
  /** "a phishing-resistant method" */
  what: string;
}

export interface RoleJudgement {
  examined: number;
  findings: Finding[];
  /** The remark of a pass: which accounts were tolerated. */
  because: string | undefined;
}

/** Judges each privileged role: do enforced policies demand it of all its holders, for all resources? */
export function judgeRoles(question: RoleQuestion): RoleJudgement {
  const findings: Finding[] = [];
  const tolerated = new Map<string, User>();
  let examined = 0;
  const unknown = new Map<string, User>();
  for (const [id, role] of privilegedRoles) {
    const { holders, spared } = holdersOf(id, question);
    for (const user of spared) tolerated.set(user.id, user);
    if (holders.length === 0 && !(question.unheld && role.baseline)) continue;
    examined += 1;
    const { message, inDoubt } = judgeRole(id, role, holders, question);
    for (const user of inDoubt) unknown.set(user.id, user);
    if (message) findings.push({ subject: { type: 'unifiedRoleDefinition', id, name: role.name }, message, facts: { holders: holders.length } });
  }
  if (findings.length === 0 && unknown.size > 0) throw unknownCoverage([...unknown.values()], policiesFor(question.demand, question.policies));
  const facts = emergencyFacts(question.emergency, [...tolerated.values()]);
  return {
    examined,
    findings: findings.map((finding, at) => (at === 0 ? { ...finding, facts: { ...finding.facts, ...facts } } : finding)),
    because: toleratedRemark([...tolerated.values()], question.emergency.derived),
  };
}

/** The holders of a role that can sign in, and the emergency accounts among them that policies leave uncovered. */
function holdersOf(roleId: string, { policies, demand, holders, directory, emergency }: RoleQuestion): { holders: User[]; spared: readonly User[] } {
  const users = [...(holders.get(roleId) ?? [])].flatMap((id) => directory.users.get(id) ?? []).filter((user) => user.accountEnabled !== false);
  const { uncovered, unknown } = coverageOf(policies, demand, directory, users.filter(emergency.isEmergency));
  const others = users.filter((user) => !emergency.isEmergency(user));
  return { holders: others.sort((a, b) => byText(a.userPrincipalName, b.userPrincipalName)), spared: [...uncovered, ...unknown] };
}

function judgeRole(id: string, role: PrivilegedRole, holders: readonly User[], question: RoleQuestion): { message?: string; inDoubt: readonly User[] } {
  const { policies, demand, directory, unheld, what } = question;
  const newcomer = newcomerTo(id);
  const roles = new Map(directory.roles).set(id, new Set([...(directory.roles.get(id) ?? []), newcomer.id]));
  const people = unheld && role.baseline ? [newcomer, ...holders] : holders;
  const coverage = coverageOf(policies, demand, { ...directory, roles }, people);
  const names = coverage.uncovered.filter((user) => user !== newcomer).map((user) => user.userPrincipalName);
  const apps = [...coverage.leftOutApps.keys()].sort();
  const inDoubt = coverage.unknown;
  // Somebody new to the role would go unasked, so it is the role that no policy covers; else it is the people named.
  if (coverage.uncovered.includes(newcomer)) {
    return { message: `No enforced policy demands ${what} of the role ${role.name} for all resources.`, inDoubt };
  }
  if (names.length > 0) return { message: `No enforced policy demands ${what} of ${list(names, 10)} with the role ${role.name} for all resources.`, inDoubt };
  if (apps.length > 0) return { message: `The policies that demand ${what} of the role ${role.name} leave out ${list(apps, 5)}.`, inDoubt };
  return { inDoubt };
}

/** Stands for a person who is given the role and belongs to no group: what holds for this one holds for the role itself. */
function newcomerTo(roleId: string): User {
  const id = `newcomer to ${roleId}`;
  return {
    id,
    userPrincipalName: `whoever is given the role ${privilegedRoles.get(roleId)?.name ?? roleId}`,
    accountEnabled: true,
    userType: 'Member',
    external: false,
    onPremisesSyncEnabled: false,
    createdDay: null,
  };
}
