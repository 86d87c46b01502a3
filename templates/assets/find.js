'use strict';
/* The findings: search, filters, order, and addresses that keep them. */

/**
 * @typedef {object} Item A finding, or a line about a check without one
 * @property {HTMLElement} node
 * @property {DOMStringMap} traits
 * @property {string} [text] what a search looks through
 * @property {Array<{ name: string, text: string }>} [names] those printed
 * @property {HTMLElement} [hits] where the names that match are said
 */

/** @type {ReturnType<typeof partsOfFindings>} */
let findings;

function partsOfFindings() {
  /** @param {HTMLElement} node @returns {Item} */
  const item = (node) => ({ node, traits: node.dataset });
  const form = byId('find');
  const cards = all('.finding').map(item);
  return {
    form,
    input: /** @type {HTMLInputElement} */ (byId('find-text')),
    fields: /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (all('input[name], select[name]', form)),
    fewer: /** @type {HTMLDetailsElement} */ (document.querySelector('.more-filters')),
    result: byId('find-result'),
    clear: byId('find-clear'),
    groups: all('.group:not(#sorted)'),
    sorted: document.getElementById('sorted'),
    fold: /** @type {HTMLDetailsElement | null} */ (document.querySelector('.others')),
    cards,
    others: all('.other').map(item),
    homes: new Map(cards.map(({ node }) => [node, node.parentElement])),
    beyond: /** @type {Awaited<ReturnType<typeof namesBeyond>>} */ (undefined),
    order: '',
  };
}

function offerFilters() {
  findings = partsOfFindings();
  findings.form.addEventListener('input', () => {
    apply();
    keep();
  });
  findings.clear.addEventListener('click', () => {
    reset();
    findings.input.focus();
  });
  addEventListener('hashchange', follow);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', (event) => {
    // A second click on the same link changes no address, and must open the finding all the same.
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.hash && link.hash === location.hash) follow();
  });
  for (const link of all('a[data-filter]')) link.setAttribute('href', `#find?${link.dataset.filter}`);
  findings.fewer.open = matchMedia('(min-width: 40.01rem)').matches;
  for (const node of [findings.form, ...all('.result')]) node.hidden = false;
  follow();
  namesBeyond().then((names) => {
    findings.beyond = names;
    if (findings.beyond && findings.input.value) apply();
    // Read the page before anybody types, so that the first letter is as fast as the second.
    for (const item of [...findings.cards, ...findings.others]) textOf(item);
    for (const item of findings.cards) namesOf(item);
  });
}

/** What is chosen, as it stands in the address. */
function chosen() {
  const values = new URLSearchParams();
  for (const field of findings.fields) {
    const on = field.type === 'checkbox' ? /** @type {HTMLInputElement} */ (field).checked : field.value.trim() !== '';
    if (on) values.append(field.name, field.value.trim());
  }
  return values;
}

/** @param {URLSearchParams} values */
function choose(values) {
  for (const field of findings.fields) {
    if (field.type === 'checkbox') /** @type {HTMLInputElement} */ (field).checked = values.getAll(field.name).includes(field.value);
    else field.value = values.get(field.name) ?? '';
    if (field.value && findings.fewer.contains(field)) findings.fewer.open = true;
  }
  apply();
}

function apply() {
  const values = chosen();
  const words = wordsOf(values.get('q') ?? '');
  const found = words.length > 0 && findings.beyond ? findings.beyond.texts.map((text) => words.every((word) => text.includes(word))) : [];
  for (const item of findings.cards) show(item, values, words, found);
  for (const item of findings.others) show(item, values, words, []);
  arrange(values.get('sort') ?? '');
  for (const group of findings.groups) count(group);
  tell(values);
}

/** A group without a finding left is not shown. @param {HTMLElement} group */
function count(group) {
  const [left, total] = [all('.finding:not([hidden])', group).length, all('.finding', group).length];
  group.hidden = findings.order !== '' || left === 0;
  say(group, left, total);
}

/** @param {HTMLElement} group @param {number} left @param {number} total */
function say(group, left, total) {
  const figure = /** @type {HTMLElement} */ (group.querySelector('.group-count'));
  figure.textContent = left === total ? localized(total) : `${localized(left)} / ${localized(total)}`;
}

/** @param {Item} item @param {URLSearchParams} values @param {string[]} words @param {boolean[]} found */
function show(item, values, words, found) {
  const fitting = fits(item, values);
  const names = fitting && words.length > 0 ? namesIn(item, words, found) : { first: [], count: 0 };
  item.node.hidden = !(fitting && (names.count > 0 || words.every((word) => textOf(item).includes(word))));
  if (item.hits || names.count > 0) mark(item, names);
}

/** @param {Item} item @param {URLSearchParams} values */
function fits({ node, traits }, values) {
  const severities = values.getAll('severity');
  const framework = values.get('framework');
  const owner = values.get('owner');
  return (
    (severities.length === 0 || severities.includes(traits.severity ?? '')) &&
    ['verdict', 'area', 'effort'].every((name) => !values.has(name) || traits[name] === values.get(name)) &&
    (!framework || frameworksOf(node, traits).includes(`|${framework}|`)) &&
    (!owner || (traits.owner ?? '-') === owner)
  );
}

/** A finding names its controls anyway. @param {HTMLElement} node @param {DOMStringMap} traits */
function frameworksOf(node, traits) {
  return (traits.framework ??= `|${all('.controls-list b', node).map(({ textContent }) => textContent).join('|')}|`);
}

/** What a search looks through, read once. @param {Item} item */
function textOf(item) {
  const parts = 'h4, .summary-facts, .note, .subjects tbody, .controls-list, .self';
  item.text ??= plain(item.node.matches('.finding') ? all(parts, item.node).map((node) => node.textContent).join('\n') : item.node.textContent + idOf(item));
  return item.text;
}

/** @param {Item} item */
function idOf({ node }) {
  return node.matches('.finding') ? (node.querySelector('.finding-body')?.id ?? '') : (node.querySelector('a')?.hash ?? '');
}

/** The first names in which every word occurs, printed or not, and how many there are. @param {Item} item @param {string[]} words @param {boolean[]} found */
function namesIn(item, words, found) {
  /** @type {string[]} */
  const first = [];
  let count = 0;
  for (const { name, text } of item.node.matches('.finding') ? namesOf(item) : []) {
    if (words.every((word) => text.includes(word)) && ++count <= 5) first.push(name);
  }
  for (const at of findings.beyond?.checks.get(idOf(item)) ?? []) if (found[at] && ++count <= 5) first.push(findings.beyond?.names[at] ?? '');
  return { first, count };
}

/** @param {Item} item */
function namesOf(item) {
  return (item.names ??= all('.subjects th > bdi', item.node).map(({ textContent: name }) => ({ name: name ?? '', text: plain(name) })));
}

/** Says under the title which names match. @param {Item} item @param {ReturnType<typeof namesIn>} names */
function mark(item, { first, count }) {
  if (!item.hits) {
    item.hits = document.createElement('span');
    item.hits.className = 'hits';
    item.node.querySelector('summary')?.append(item.hits);
  }
  const shown = first.flatMap((name, at) => {
    const bdi = document.createElement('bdi');
    bdi.textContent = name;
    return at === 0 ? [' ', bdi] : [', ', bdi];
  });
  const more = count > first.length ? ` ${fill(findings.result.dataset.more, { count: count - first.length })}` : '';
  item.hits.replaceChildren(...(count > 0 ? [findings.result.dataset.hits ?? '', ...shown, more] : []));
}

/** @param {string} wanted */
function arrange(wanted) {
  if (wanted === findings.order || !findings.sorted) return;
  findings.order = wanted;
  findings.sorted.hidden = findings.order === '';
  const list = findings.order === '' ? findings.cards : [...findings.cards].sort(comparing(findings.order));
  for (const { node } of list) (findings.order === '' ? findings.homes.get(node) : findings.sorted.querySelector('.panel'))?.append(node);
}

/** @param {string} by @returns {(a: Item, b: Item) => number} */
function comparing(by) {
  const efforts = ['low', 'medium', 'high'];
  const compare = new Intl.Collator(document.documentElement.lang).compare;
  /** @param {Item} item */
  const title = ({ node }) => node.querySelector('h4')?.textContent ?? '';
  if (by === 'title') return (a, b) => compare(title(a), title(b));
  if (by === 'found') return (a, b) => Number(b.traits.found) - Number(a.traits.found);
  if (by === 'effort') return (a, b) => efforts.indexOf(a.traits.effort ?? '') - efforts.indexOf(b.traits.effort ?? '');
  return (a, b) => compare(a.traits.since || '9', b.traits.since || '9');
}

/** Says what is shown, and keeps it in the address so that it can be sent. @param {URLSearchParams} values */
function tell(values) {
  const filtered = [...values.keys()].some((name) => name !== 'sort');
  const shown = findings.cards.filter(({ node }) => !node.hidden).length;
  const [rest, othersTotal] = [findings.others.filter(({ node }) => !node.hidden).length, findings.others.length];
  const sentence = othersTotal > 0 ? findings.result.dataset.both : findings.result.dataset.text;
  const nothing = shown + rest === 0 ? ` ${findings.result.dataset.nothing}` : '';
  findings.result.textContent = filtered ? fill(sentence, { shown, total: findings.cards.length, others: rest, othersTotal }) + nothing : '';
  findings.clear.hidden = !filtered;
  document.body.classList.toggle('filtered', filtered);
  if (findings.fold) {
    findings.fold.hidden = rest === 0;
    say(findings.fold, rest, othersTotal);
    findings.fold.open = filtered && shown === 0;
  }
}

/** A view of the page has an address of its own; some viewers forbid to change it, and lose nothing else. */
function keep() {
  const values = chosen().toString();
  try {
    history.replaceState(null, '', values ? `#find?${values}` : location.pathname + location.search);
  } catch {}
}

function reset() {
  choose(new URLSearchParams());
  keep();
}

/** The address names a filter, or a check to be opened even when it is folded or filtered out. */
function follow() {
  const [id = '', query] = location.hash.slice(1).split('?');
  if (id === 'find') {
    choose(new URLSearchParams(query));
    byId('part-findings').scrollIntoView();
  } else if (id && query === undefined) reveal(document.getElementById(id));
}

/** @param {HTMLElement | null} target */
function reveal(target) {
  if (!target) return;
  if (target.closest('[hidden]')) choose(new URLSearchParams());
  for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  const card = /** @type {HTMLElement | null} */ (target.closest('.finding'));
  (card ?? target).scrollIntoView();
  card?.querySelector('summary')?.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const typing = event.target instanceof Element && event.target.closest('input:not([type=checkbox]), select, textarea');
  const slash = /** @type {HTMLInputElement} */ (byId('slash')).checked;
  if (event.key === '/' && slash && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    findings.input.focus();
    findings.input.select();
  } else if (event.key === 'Escape' && !findings.clear.hidden) reset();
}

/** Unpacks the names that the page carries without printing them (see name-index.ts). Older browsers cannot, and then the page says so. */
async function namesBeyond() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById('find-names'));
  if (!template) return undefined;
  try {
    const bytes = Uint8Array.from(atob(template.content.textContent ?? ''), (letter) => letter.charCodeAt(0));
    const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
    const [list = '', lines = ''] = text.split('\n\n');
    const names = list.split('\n');
    return { names, texts: names.map(plain), checks: new Map(lines.split('\n').map(placesOf)) };
  } catch {
    byId('find-covers').textContent = byId('find-covers').dataset.less ?? '';
    return undefined;
  }
}

/** @param {string} line @returns {[string, number[]]} */
function placesOf(line) {
  const [id = '', ...distances] = line.split(' ');
  let at = 0;
  return [id, distances.map((distance) => (at += Number.parseInt(distance, 36)))];
}
