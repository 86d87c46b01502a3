'use strict';
/*
 * Makes the page quicker to work with. Everything can be read without it, and what it adds (search, filters, sorting, copying, choice of
 * colours) stands in the page hidden until it runs. It asks nobody for anything; the page's policy would refuse it.
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
