/** A text a reader sees or hears, and the language it is marked as. */
export interface PageText {
  text: string;
  lang: string;
}

const spoken = new Set(['aria-label', 'data-label', 'alt', 'title', 'placeholder']);
const empty = new Set(['meta', 'link', 'img', 'br', 'hr', 'input', 'col']);

/** All texts of a page of ours: between tags, and in attributes that are spoken or shown. Our pages close what they open. */
export function textsOf(page: string): PageText[] {
  const body = page.replace(/<(style|script)[\s>][\s\S]*?<\/\1>/g, '').replace(/<!doctype[^>]*>/i, '');
  const langs: string[] = [];
  const texts: PageText[] = [];
  for (const [, between = '', closing, name = '', attributes = ''] of body.matchAll(/([^<]*)<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi)) {
    const lang = langs.at(-1) ?? '';
    if (between.trim()) texts.push({ text: decoded(between), lang });
    if (closing) langs.pop();
    else {
      const own = /\slang="([^"]*)"/.exec(attributes)?.[1] ?? lang;
      for (const [, attribute = '', value = ''] of attributes.matchAll(/\s([a-z-]+)="([^"]*)"/g))
        if (spoken.has(attribute) && value) texts.push({ text: decoded(value), lang: own });
      if (!empty.has(name.toLowerCase())) langs.push(own);
    }
  }
  if (langs.length > 0) throw new Error(`The page leaves ${langs.length} elements open.`);
  return texts;
}

function decoded(text: string): string {
  const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`' };
  return text.replace(/&(#?\w+);/g, (all, name: string) => signs[name] ?? all).trim();
}
