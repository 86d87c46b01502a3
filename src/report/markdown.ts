import { oneLine } from './clean.ts';
import type { Renderer } from './renderer.ts';
import type { ReportView } from './view.ts';
import { buildView } from './view.ts';
import type { RetirementRow } from './view-figures.ts';
import type { FindingCard, FindingGroup, SubjectRow } from './view-findings.ts';
import type { MeasureRow } from './view-measures.ts';
import type { CheckLine } from './view-unjudged.ts';

/** The report as plain text for tickets, wikis and chats. Everything is escaped; the few links are our own. */
export const markdown: Renderer = {
  format: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  extension: '.md',
  fileName: 'report.md',
  render(run, options) {
    const view = buildView(run, options);
    const blocks = [
      cover(view),
      first(view),
      answers(view),
      ...view.groups.map(group),
      manual(view),
      unjudged(view),
      retirements(view),
      measures(view),
      inOrder(view),
    ];
    return `${blocks.filter(Boolean).join('\n\n')}\n`;
  },
};

/**
 * Text that must stay text. Besides Markdown's own signs this breaks what GitHub turns into links by itself (`https:`, `www.`) and mentions (`@`).
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]|~#]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/:(?=\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/@/g, '&#64;')
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, (_all, space: string, sign: string) => (/\d/.test(sign) ? `${space}${sign}\u200a` : `${space}\\${sign}`));
}

const text = escapeMarkdown;

function cover({ cover: { name, domain, scannedOn, score, summary, verdicts } }: ReportView): string {
  const figure = score.known ? `Score ${score.figure} of 100. ` : '';
  const rows = verdicts.map(({ label, count, meaning }) => `| ${text(label)} | ${count} | ${text(meaning)} |`);
  return [
    `# ${text(name)}`,
    `${text([domain, `scanned ${scannedOn}`].filter(Boolean).join(', '))}`,
    text(summary),
    text(`${figure}${score.sentence}`),
    table(['Answer', 'Questions', 'Meaning'], rows),
  ].join('\n\n');
}

function first({ cover: { first: things } }: ReportView): string {
  const lines = things.map(
    ({ title, severityLabel, effort, why }, at) => `${at + 1}. **${text(title)}** (${text(severityLabel)}, ${text(effort.toLowerCase())}). ${text(why)}`,
  );
  return things.length > 0 ? `## Do first\n\n${lines.join('\n')}` : '';
}

function answers(view: ReportView): string {
  const blocks = view.answers.map(({ number, question, figure, sentence, rows }) => {
    const lines = rows.map(({ label, value, sub }) => `${sub ? '  ' : ''}- ${text(label)}: ${text(value)}`);
    return [`### ${number}\\. ${text(question)}`, `**${text(figure)}.** ${text(sentence)}`, lines.join('\n')].filter(Boolean).join('\n\n');
  });
  return ['## Eight questions, answered', ...blocks].join('\n\n');
}

function group({ label, count, items }: FindingGroup): string {
  return [`## ${text(label)}: ${count} to fix`, ...items.map(finding)].join('\n\n');
}

function finding(card: FindingCard): string {
  const facts = [
    `Area: ${text(card.area)}`,
    `Found: ${text(card.scope)}`,
    `Effort: ${text(card.effort)}`,
    `Check: ${text(card.id)}`,
    card.owner ? `Owner: ${text(card.owner)}` : '',
    card.since ? `Open since: ${text(card.since)}` : '',
  ];
  const subjects = [...card.subjects, ...card.rest].map(subject);
  return [
    `### ${text(card.title)}`,
    text(card.why),
    card.accepted ? text(card.accepted) : '',
    facts
      .filter(Boolean)
      .map((fact) => `- ${fact}`)
      .join('\n'),
    table(['Name', 'Finding'], subjects),
    card.more ? text(card.more) : '',
    card.steps.map((step, at) => `${at + 1}. ${text(step)}`).join('\n'),
    card.command ? fence(card.command) : '',
    `What users will notice: ${text(card.impact)}\nHow to undo it: ${text(card.rollback)}`,
    card.controls.length > 0 ? `Asked for by: ${text(card.controls.map(({ framework, ids }) => `${framework} ${ids}`).join('; '))}` : '',
    card.references.map(({ label, url }) => `- [${text(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function subject({ name, type, message, facts, accepted }: SubjectRow): string {
  const more = facts.map(({ label, value }) => `${label} ${value}`).join(', ');
  return `| ${text(name)} (${text(type)}${accepted ? ', accepted' : ''}) | ${text(more ? `${message} (${more})` : message)} |`;
}

function manual({ manual: checks }: ReportView): string {
  const blocks = checks.map(
    ({ title, why, steps }) => `### ${text(title)}\n\n${text(why)}\n\n${steps.map((step, at) => `${at + 1}. ${text(step)}`).join('\n')}`,
  );
  return checks.length > 0 ? ['## Checks by hand', ...blocks].join('\n\n') : '';
}

function unjudged({ unjudged: { permissions, causes, plans, notApplicable } }: ReportView): string {
  const wanted = permissions.map(({ name, checks }) => `- ${text(name)} (${checks})`).join('\n');
  const reads = causes.flatMap((cause) =>
    cause.reads.map(
      ({ what, detail, fix, checks }) => `### ${text(cause.label)}: ${text(what)}\n\n${text(`${detail} ${fix || cause.wayOut}`)}\n\n${lines(checks)}`,
    ),
  );
  const licences = plans.map(({ label, checks }) => `### Needs a licence: ${text(label)}\n\n${lines(checks)}`);
  const none =
    notApplicable.length > 0 ? `### Does not apply here\n\n${notApplicable.map(({ title, because }) => `- ${text(title)}: ${text(because)}`).join('\n')}` : '';
  const blocks = [wanted ? `### Permissions to grant\n\n${wanted}` : '', ...reads, ...licences, none].filter(Boolean);
  return blocks.length > 0 ? ['## What could not be judged', ...blocks].join('\n\n') : '';
}

function retirements({ retirements: { exposed, manual, unknown } }: ReportView): string {
  if (exposed.length + manual.length + unknown.length === 0) return '';
  const row = (state: string) => (entry: RetirementRow) =>
    `| ${text(entry.title)} | ${text(state)} | ${text(dateOf(entry))} | ${text(entry.breaks || entry.because)} |`;
  return `## What Microsoft is retiring\n\n${table(['What ends', 'Here', 'When', 'What breaks'], [...exposed.map(row('In use')), ...manual.map(row('Check by hand')), ...unknown.map(row('Not known'))])}`;
}

function dateOf({ date, left, confirm }: RetirementRow): string {
  return [date, left ? `(${left})` : '', confirm ? 'confirm with Microsoft' : ''].filter(Boolean).join(' ');
}

function measures({ measures: rows }: ReportView): string {
  const row = ({ label, value, share, because, dataDate }: MeasureRow) =>
    `| ${text(label)} | ${text(value ?? 'Not known')} | ${text([share, because, dataDate ? `data of ${dataDate}` : ''].filter(Boolean).join('; '))} |`;
  return rows.length > 0 ? `## Measures\n\n${table(['Measure', 'Value', 'Remarks'], rows.map(row))}` : '';
}

function inOrder({ inOrder: checks, sources }: ReportView): string {
  const facts = sources.facts.map(({ label, value }) => `- ${text(label)}: ${text(value)}`).join('\n');
  return [
    checks.length > 0 ? `## In order\n\n${checks.map((check) => `${line(check)}${check.remark ? ` ${text(check.remark)}` : ''}`).join('\n')}` : '',
    `## What this report rests on\n\n${facts}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function lines(checks: readonly CheckLine[]): string {
  return checks.map(line).join('\n');
}

function line({ title, area }: CheckLine): string {
  return `- ${text(title)} (${text(area)})`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
}

/** A fence longer than any run of backticks inside. */
function fence(command: string): string {
  const longest = Math.max(2, ...[...command.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}\n${command}\n${marks}`;
}
