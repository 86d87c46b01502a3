import { oneLine } from './clean.ts';

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
    .replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/, (_all, space: string, sign: string) => (/\d/.test(sign) ? `${space}${sign}\u200a` : `${space}\\${sign}`));
}
