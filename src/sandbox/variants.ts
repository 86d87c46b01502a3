/**
 * The fictional tenants: everything that can be wrong, everything in order, one with few licences and few permissions, and one
 * as most are: half tidied, and computers that get their updates week by week.
 */
export const variants = ['messy', 'clean', 'restricted', 'typical'] as const;
export type Variant = (typeof variants)[number];

/** User principal names: names with numbers, or numbers alone, so that all begin alike. */
export const upnStyles = ['natural', 'numbered'] as const;
export type UpnStyle = (typeof upnStyles)[number];
