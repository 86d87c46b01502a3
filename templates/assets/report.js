'use strict';
/*
 * Makes the page quicker to work with. Everything can be read without it, and what it adds (search, filters, sorting, copying, choice of
 * colours) stands in the page hidden until it runs. It asks nobody for anything; the page's policy would refuse it.
 */

/**
 * @typedef {object} Item A finding, or a line about a check without one
 * @property {HTMLElement} node
 * @property {DOMStringMap} traits
 * @property {string} [text] what a search looks through
 * @property {Array<{ name: string, text: string }>} [names] those printed
 * @property {HTMLElement} [hits] where the names that match are said
 */

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
const all = (selector, within = document) => [...within.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);
/** As it is compared: without case and accents. @param {string | null | undefined} text */
const plain = (text) =>
  (text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøđßæœ]/g, (letter) => letters[letter] ?? letter);
/** Letters that no decomposition takes apart. @type {Record<string, string>} */
const letters = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe' };
/** Sentences come from the page, in its language. @param {string | undefined} text @param {Record<string, string | number>} values */
const fill = (text, values) => (text ?? '').replace(/\{(\w+)\}/g, (blank, name) => localized(values[name] ?? blank));
/** @param {string | number} value */
const localized = (value) => (typeof value === 'number' ? value.toLocaleString(document.documentElement.lang) : value);

/** What a reader chose lasts where the browser keeps anything for a file; where it refuses, until the page is closed. */
const memory = {
  /** @param {string} key */
  get(key) {
    try {
      return localStorage.getItem(`tidytenant.${key}`) ?? '';
    } catch {
      return '';
    }
  },
  /** @param {string} key @param {string} value */
  set(key, value) {
    try {
      localStorage.setItem(`tidytenant.${key}`, value);
    } catch {}
  },
};

/** @param {string} theme */
function paint(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

paint(memory.get('theme'));
document.addEventListener('DOMContentLoaded', () => {
  offerSettings();
  followReading();
  offerCopying();
  offerControls();
  offerFilters();
});

function offerSettings() {
  const theme = /** @type {HTMLSelectElement} */ (byId('theme'));
  theme.value = document.documentElement.dataset.theme ?? '';
  theme.addEventListener('change', () => {
    paint(theme.value);
    memory.set('theme', theme.value);
  });
  // A key that acts on its own must be one that can be switched off: speech input would strike it by chance.
  const slash = /** @type {HTMLInputElement} */ (byId('slash'));
  slash.checked = memory.get('slash') !== 'off';
  slash.addEventListener('change', () => memory.set('slash', slash.checked ? '' : 'off'));
  for (const node of all('.settings')) node.hidden = false;
}

/** Marks in the contents which part is being read. */
function followReading() {
  const links = new Map(all('.contents a').map((link) => [link.getAttribute('href')?.slice(1), link]));
  /** @type {HTMLElement | undefined} */
  let current;
  const watch = new IntersectionObserver(
    (entries) => {
      const link = links.get(entries.find(({ isIntersecting }) => isIntersecting)?.target.id);
      if (!link || link === current) return;
      current?.removeAttribute('aria-current');
      link.setAttribute('aria-current', 'true');
      current = link;
      const list = link.closest('ul');
      if (list && !list.contains(document.activeElement)) list.scrollLeft = link.offsetLeft - list.offsetLeft - 48;
    },
    { rootMargin: '-15% 0px -80%' },
  );
  for (const id of links.keys()) if (id) watch.observe(byId(id));
}

function offerCopying() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById('copy-button'));
  for (const pre of template ? all('.finding pre') : []) {
    const command = document.createElement('div');
    command.className = 'command';
    pre.replaceWith(command);
    command.append(pre);
    const button = /** @type {HTMLElement} */ (template?.content.firstElementChild?.cloneNode(true));
    const label = button.textContent;
    button.addEventListener('click', async () => {
      const done = await copy(pre);
      button.textContent = (done ? button.dataset.done : button.dataset.selected) ?? '';
      setTimeout(() => (button.textContent = label), 2500);
    });
    command.append(button);
  }
}

/** Where the clipboard is closed to a page (a preview in a mail program), the text is left selected. @param {HTMLElement} node */
async function copy(node) {
  try {
    await navigator.clipboard.writeText(node.textContent ?? '');
    return true;
  } catch {
    getSelection()?.selectAllChildren(node);
    return false;
  }
}

/** Controls of the baselines: by text and verdict. */
function offerControls() {
  const form = document.getElementById('controls-find');
  if (!form) return;
  const input = /** @type {HTMLInputElement} */ (byId('controls-text'));
  const verdict = /** @type {HTMLSelectElement} */ (byId('controls-verdict'));
  const rows = all('.framework tbody tr').map((node) => ({ node, text: plain(`${node.closest('details')?.querySelector('h3')?.textContent} ${node.textContent}`) }));
  const apply = () => {
    const words = wordsOf(input.value);
    const active = words.length > 0 || verdict.value !== '';
    for (const { node, text } of rows) node.hidden = !(words.every((word) => text.includes(word)) && (!verdict.value || node.dataset.verdict === verdict.value));
    const shown = rows.filter(({ node }) => !node.hidden).length;
    for (const fold of all('details.framework')) {
      fold.hidden = !fold.querySelector('tbody tr:not([hidden])');
      /** @type {HTMLDetailsElement} */ (fold).open = active && shown <= 60;
    }
    byId('controls-result').textContent = active ? fill(byId('controls-result').dataset.text, { shown, total: rows.length }) : '';
  };
  form.addEventListener('input', apply);
  form.hidden = false;
}

/** @param {string} text */
function wordsOf(text) {
  return plain(text).split(/\s+/).filter(Boolean);
}

/** The findings: search, filters, order, and addresses that keep them. */
function offerFilters() {
  const form = byId('find');
  const input = /** @type {HTMLInputElement} */ (byId('find-text'));
  const result = byId('find-result');
  const clear = byId('find-clear');
  const sorted = document.getElementById('sorted');
  const groups = all('.group:not(#sorted)');
  const fold = /** @type {HTMLDetailsElement | null} */ (document.querySelector('.others'));
  const fields = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (all('input, select', form));
  /** @type {Item[]} */
  const cards = all('.finding').map((node) => ({ node, traits: node.dataset }));
  /** @type {Item[]} */
  const others = all('.other').map((node) => ({ node, traits: node.dataset }));
  const homes = new Map(cards.map(({ node }) => [node, node.parentElement]));
  const fewer = /** @type {HTMLDetailsElement} */ (document.querySelector('.more-filters'));
  /** @type {Awaited<ReturnType<typeof namesBeyond>>} */
  let beyond;
  let order = '';

  /** What is chosen, as it stands in the address. */
  function chosen() {
    const values = new URLSearchParams();
    for (const field of fields) {
      const on = field.type === 'checkbox' ? /** @type {HTMLInputElement} */ (field).checked : field.value.trim() !== '';
      if (on) values.append(field.name, field.value.trim());
    }
    return values;
  }

  /** @param {URLSearchParams} values */
  function choose(values) {
    for (const field of fields) {
      if (field.type === 'checkbox') /** @type {HTMLInputElement} */ (field).checked = values.getAll(field.name).includes(field.value);
      else field.value = values.get(field.name) ?? '';
      if (field.value && fewer.contains(field)) fewer.open = true;
    }
    apply();
  }

  function apply() {
    const values = chosen();
    const words = wordsOf(values.get('q') ?? '');
    const found = words.length > 0 && beyond ? beyond.texts.map((text) => words.every((word) => text.includes(word))) : [];
    for (const item of cards) show(item, values, words, found);
    for (const item of others) show(item, values, words, []);
    arrange(values.get('sort') ?? '');
    for (const group of groups) {
      const [left, total] = [all('.finding:not([hidden])', group).length, all('.finding', group).length];
      group.hidden = order !== '' || left === 0;
      /** @type {HTMLElement} */ (group.querySelector('.group-count')).textContent = left === total ? localized(total) : `${localized(left)} / ${localized(total)}`;
    }
    tell(values);
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
    const parts = 'h4, .summary-facts, .why, .note, .subjects tbody, .steps ol, pre, .effects dd, .controls-list, .self';
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
    for (const at of beyond?.checks.get(idOf(item)) ?? []) if (found[at] && ++count <= 5) first.push(beyond?.names[at] ?? '');
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
    const more = count > first.length ? ` ${fill(result.dataset.more, { count: count - first.length })}` : '';
    item.hits.replaceChildren(...(count > 0 ? [result.dataset.hits ?? '', ...shown, more] : []));
  }

  /** @param {string} wanted */
  function arrange(wanted) {
    if (wanted === order || !sorted) return;
    order = wanted;
    sorted.hidden = order === '';
    const list = order === '' ? cards : [...cards].sort(comparing(order));
    for (const { node } of list) (order === '' ? homes.get(node) : sorted.querySelector('.panel'))?.append(node);
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
    const shown = cards.filter(({ node }) => !node.hidden).length;
    const [rest, othersTotal] = [others.filter(({ node }) => !node.hidden).length, others.length];
    const sentence = othersTotal > 0 ? result.dataset.both : result.dataset.text;
    const nothing = shown + rest === 0 ? ` ${result.dataset.nothing}` : '';
    result.textContent = filtered ? fill(sentence, { shown, total: cards.length, others: rest, othersTotal }) + nothing : '';
    clear.hidden = !filtered;
    document.body.classList.toggle('filtered', filtered);
    if (fold) {
      fold.hidden = rest === 0;
      fold.open = filtered && shown === 0;
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
    } else if (id && query === undefined) open(document.getElementById(id));
  }

  /** @param {HTMLElement | null} target */
  function open(target) {
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
      input.focus();
      input.select();
    } else if (event.key === 'Escape' && !clear.hidden) reset();
  }

  form.addEventListener('input', () => {
    apply();
    keep();
  });
  clear.addEventListener('click', () => {
    reset();
    input.focus();
  });
  addEventListener('hashchange', follow);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', (event) => {
    // A second click on the same link changes no address, and must open the finding all the same.
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.hash && link.hash === location.hash) follow();
  });
  for (const link of all('a[data-filter]')) link.setAttribute('href', `#find?${link.dataset.filter}`);
  fewer.open = matchMedia('(min-width: 40.01rem)').matches;
  for (const node of [form, ...all('.result')]) node.hidden = false;
  follow();
  namesBeyond().then((names) => {
    beyond = names;
    if (beyond && input.value) apply();
    // Read the page before anybody types, so that the first letter is as fast as the second.
    for (const item of [...cards, ...others]) textOf(item);
    for (const item of cards) namesOf(item);
  });
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
