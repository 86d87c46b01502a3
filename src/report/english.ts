import { formatFor } from './format.ts';

/** Words and numbers of the forms that programs read: they stay English, whatever language the page speaks. */
export const english = formatFor('en');
