import type Handlebars from 'handlebars';

/** All helpers a template may use, beside Handlebars' own `if`, `unless`, `each` and `with`. None returns markup. */
export const helpers = {
  /** A link target from outside. Handlebars lets `javascript:` through in `href`, so only https passes. */
  https: (url: unknown): string => (typeof url === 'string' && url.startsWith('https://') ? url : ''),
} satisfies Record<string, Handlebars.HelperDelegate>;
