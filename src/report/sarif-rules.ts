import type { CheckMetadata } from '../model/run-record.ts';
import type { Severity } from '../model/verdict.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { Judged } from './view-judged.ts';

export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };

/** Code scanning sorts by this number: critical over 9.0, high from 7.0, medium from 4.0, low below. */
const securitySeverity: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' };
/** Of more than ten, code scanning shows ten; more than twenty it refuses. */
const mostTags = 10;

/** Every check as a rule, in the order of the results. */
export function rulesOf(judged: readonly Judged[]) {
  return judged.map(({ meta }) => ruleOf(meta));
}

function ruleOf({ id, area, title, failTitle, why, severity, controls, references, remediation, servicePlans }: CheckMetadata) {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))].sort();
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()),
    shortDescription: { text: failTitle },
    fullDescription: { text: why },
    help: { text: helpText(remediation), markdown: helpMarkdown(remediation) },
    ...(references[0] ? { helpUri: references[0].url } : {}),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', area, ...frameworks].slice(0, mostTags),
      'security-severity': securitySeverity[severity],
      precision: 'very-high',
      severity,
      title,
      effort: remediation.effort,
      controls: controls.map((control) => `${control.framework} ${control.id}`),
      references: references.map(({ url }) => url),
      servicePlans,
    },
  };
}

type Remediation = CheckMetadata['remediation'];

function helpText({ steps, command, impact, rollback }: Remediation): string {
  const lines = steps.map((step, at) => `${at + 1}. ${step}`);
  return [...lines, ...(command ? ['', command] : []), '', `What users will notice: ${impact}`, `How to undo it: ${rollback}`].join('\n');
}

function helpMarkdown({ steps, command = '', impact, rollback }: Remediation): string {
  const lines = steps.map((step, at) => `${at + 1}. ${escapeMarkdown(step)}`);
  const fence = '`'.repeat(Math.max(3, ...[...command.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const shown = command ? ['', `${fence}powershell`, command, fence] : [];
  return [...lines, ...shown, '', `**What users will notice:** ${escapeMarkdown(impact)}`, '', `**How to undo it:** ${escapeMarkdown(rollback)}`].join('\n');
}
