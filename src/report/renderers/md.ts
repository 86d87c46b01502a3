import { escapeMarkdown } from '../escape-markdown.ts';
import { type Say, sayFor } from '../messages.ts';
import { defaultLocale, type Renderer } from '../renderer.ts';
import type { ReportView } from '../view.ts';
import { buildView } from '../view.ts';
import type { RetirementRow } from '../view-figures.ts';
import type { FindingCard, FindingGroup, SubjectRow } from '../view-findings.ts';
import type { MeasureRow } from '../view-measures.ts';
import type { CheckLine } from '../view-unjudged.ts';

/** The report as plain text for tickets, wikis and chats. Everything is escaped; the few links are our own. */
export default {
  format: 'md',
  mediaType: 'text/markdown; charset=utf-8',
  extension: '.md',
  fileName: 'report.md',
  render(run, options) {
    const view = buildView(run, options);
    const say = sayFor(options.locale ?? defaultLocale);
    const parts = [cover, first, answers, findings, manual, unjudged, retirements, measures, inOrder, foot];
    return `${parts
      .map((part) => part(view, say))
      .filter(Boolean)
      .join('\n\n')}\n`;
  },
} satisfies Renderer;

const text = escapeMarkdown;

function cover({ brand, cover: { name, domain, scannedOn, score, summary, gravest, change, verdicts } }: ReportView, say: Say): string {
  const figure = score.known ? `${say('cover.score', { figure: score.figure })}. ` : '';
  const rows = verdicts.map(({ label, count, meaning }) => `| ${text(label)} | ${count} | ${text(meaning)} |`);
  return [
    ...(brand?.name ? [text(say('brand.preparedBy', { name: brand.name }))] : []),
    `# ${text(name)}`,
    text([domain, say('cover.scanned', { date: scannedOn })].filter(Boolean).join(', ')),
    ...(brand?.cover ?? []).map(text),
    text(gravest ? `${summary} ${say('cover.gravest')} ${gravest.title}.` : summary),
    text(change),
    text(`${figure}${score.sentence}`),
    table([say('markdown.answer'), say('markdown.questions'), say('markdown.meaning')], rows),
  ].join('\n\n');
}

function first({ cover: { first: things } }: ReportView, say: Say): string {
  const lines = things.map(({ title, severityLabel, effort, why, owner, due }, at) => {
    const who = owner ? `${say('first.owner')} ${owner}` : say('first.noOwner');
    return `${at + 1}. **${text(title)}** (${[severityLabel, effort, who, due].filter(Boolean).map(text).join('; ')}). ${text(why)}`;
  });
  return things.length > 0 ? `## ${text(say('first.title'))}\n\n${lines.join('\n')}` : '';
}

function answers(view: ReportView, say: Say): string {
  const blocks = view.answers.map(({ number, question, figure, sentence, rows }) => {
    const lines = rows.map(({ label, value, sub }) => `${sub ? '  ' : ''}- ${text(label)}: ${text(value)}`);
    return [`### ${number}\\. ${text(question)}`, `**${text(figure)}.** ${text(sentence)}`, lines.join('\n')].filter(Boolean).join('\n\n');
  });
  return [`## ${text(say('markdown.answers'))}`, ...blocks].join('\n\n');
}

function findings({ groups }: ReportView, say: Say): string {
  return groups.map((each) => group(each, say)).join('\n\n');
}

function group({ label, count, items }: FindingGroup, say: Say): string {
  return [`## ${text(say('markdown.toFix', { severity: label, count }))}`, ...items.map((card) => finding(card, say))].join('\n\n');
}

function finding(card: FindingCard, say: Say): string {
  const facts = [
    fact(say('markdown.area'), card.area),
    fact(say('markdown.found'), card.scope),
    fact(say('markdown.effort'), card.effort),
    fact(say('markdown.check'), card.id),
    fact(say('markdown.owner'), card.owner),
    fact(say('markdown.since'), card.since),
  ];
  const subjects = [...card.subjects, ...card.rest].map((each) => subject(each, say));
  return [
    `### ${text(card.title)}`,
    text(card.why),
    card.accepted ? text(card.accepted) : '',
    facts
      .filter(Boolean)
      .map((each) => `- ${each}`)
      .join('\n'),
    table([say('markdown.name'), say('markdown.finding')], subjects),
    card.more ? text(card.more) : '',
    card.steps.map((step, at) => `${at + 1}. ${text(step)}`).join('\n'),
    card.command ? fence(card.command) : '',
    `${fact(say('markdown.impact'), card.impact)}\n${fact(say('markdown.rollback'), card.rollback)}`,
    card.controls.length > 0 ? fact(say('markdown.controls'), card.controls.map(({ framework, ids }) => `${framework} ${ids}`).join('; ')) : '',
    card.references.map(({ label, url }) => `- [${text(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function fact(label: string, value: string | null): string {
  return value ? `${text(label)}: ${text(value)}` : '';
}

function subject({ name, type, message, facts, accepted }: SubjectRow, say: Say): string {
  const more = facts.map(({ label, value }) => `${label} ${value}`).join(', ');
  return `| ${text(name)} (${text(type)}${accepted ? `, ${text(say('markdown.accepted'))}` : ''}) | ${text(more ? `${message} (${more})` : message)} |`;
}

function manual({ manual: checks }: ReportView, say: Say): string {
  const blocks = checks.map(
    ({ title, why, steps }) => `### ${text(title)}\n\n${text(why)}\n\n${steps.map((step, at) => `${at + 1}. ${text(step.text)}`).join('\n')}`,
  );
  return checks.length > 0 ? [`## ${text(say('manual.title'))}`, ...blocks].join('\n\n') : '';
}

function unjudged({ unjudged: { permissions, causes, plans, notApplicable } }: ReportView, say: Say): string {
  const wanted = permissions.map(({ name, checks }) => `- ${text(name)} (${checks})`).join('\n');
  const reads = causes.flatMap((cause) =>
    cause.reads.map(
      ({ what, detail, fix, checks }) =>
        `### ${text(cause.label)}: ${text(what)}\n\n${text(`${detail.text} ${fix?.text || cause.wayOut}`)}\n\n${lines(checks)}`,
    ),
  );
  const licences = plans.map(({ label, checks }) => `### ${text(say('unjudged.licences'))}: ${text(label)}\n\n${lines(checks)}`);
  const none = notApplicable.map(({ title, because }) => `- ${text(title)}: ${text(because.text)}`).join('\n');
  const blocks = [
    wanted ? `### ${text(say('unjudged.permissions'))}\n\n${wanted}` : '',
    ...reads,
    ...licences,
    none ? `### ${text(say('unjudged.notApplicable'))}\n\n${none}` : '',
  ].filter(Boolean);
  return blocks.length > 0 ? [`## ${text(say('unjudged.title'))}`, ...blocks].join('\n\n') : '';
}

function retirements({ retirements: { exposed, manual, unknown } }: ReportView, say: Say): string {
  if (exposed.length + manual.length + unknown.length === 0) return '';
  const row = (state: string) => (entry: RetirementRow) =>
    `| ${text(entry.title)} | ${text(state)} | ${text(dateOf(entry, say))} | ${text(entry.breaks || entry.because)} |`;
  const head = [say('retirements.what'), say('markdown.here'), say('retirements.when'), say('retirements.breaks')];
  const rows = [...exposed.map(row(say('markdown.inUse'))), ...manual.map(row(say('words.verdict.manual'))), ...unknown.map(row(say('markdown.notKnown')))];
  return `## ${text(say('retirements.title'))}\n\n${table(head, rows)}`;
}

function dateOf({ date, left, confirm }: RetirementRow, say: Say): string {
  return [date, left ? `(${left})` : '', confirm ? say('markdown.confirm') : ''].filter(Boolean).join(' ');
}

function measures({ measures: rows }: ReportView, say: Say): string {
  const row = ({ label, value, share, because, dataDate }: MeasureRow) => {
    const remarks = [share, because.text, dataDate ? say('markdown.dataOf', { date: dataDate }) : ''].filter(Boolean).join('; ');
    return `| ${text(label)} | ${text(value ?? say('markdown.notKnown'))} | ${text(remarks)} |`;
  };
  const head = [say('markdown.measure'), say('markdown.value'), say('markdown.remarks')];
  return rows.length > 0 ? `## ${text(say('markdown.measures'))}\n\n${table(head, rows.map(row))}` : '';
}

function inOrder({ inOrder: checks, sources }: ReportView, say: Say): string {
  const facts = sources.facts.map(({ label, value, detail }) => `- ${fact(label, [value, detail.text].filter(Boolean).join(': '))}`).join('\n');
  const list = checks.map((check) => `${line(check)}${check.remark.text ? ` ${text(check.remark.text)}` : ''}`).join('\n');
  return [list ? `## ${text(say('inOrder.title'))}\n\n${list}` : '', `## ${text(say('sources.title'))}\n\n${facts}`].filter(Boolean).join('\n\n');
}

function foot({ brand }: ReportView, say: Say): string {
  const contact = brand?.contact ? say('brand.contact', { contact: brand.contact }) : '';
  return ['---', ...[contact, ...(brand?.footer ?? []), say('brand.madeWith')].filter(Boolean).map(text)].join('\n\n');
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
