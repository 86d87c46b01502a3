import type Handlebars from 'handlebars';
import type { MessageValues, Say } from './messages.ts';

/** All helpers a template may use, beside Handlebars' own `if`, `unless`, `each` and `with`. None returns markup. */
export const helpers = {
  /** A link target from outside. Handlebars lets `javascript:` through in `href`, so only https passes. */
  https: (url: unknown): string => (typeof url === 'string' && url.startsWith('https://') ? url : ''),
  /** A picture that is part of the page. Nothing else may stand in `src`. */
  dataImage: (url: unknown): string => (typeof url === 'string' && /^data:image\/(png|jpeg|svg\+xml);base64,[a-z0-9+/]+=*$/i.test(url) ? url : ''),
  /** A sentence of ours in the reader's language: `{{say "areas.openHere" area=area count=open}}`. */
  say: (key: string, { data, hash }: Handlebars.HelperOptions): string => (data.say as Say)(key, hash as MessageValues),
} satisfies Record<string, Handlebars.HelperDelegate>;
