/** The fictional tenants: everything that can be wrong, everything in order, and one with few licences and few permissions. */
export const variants = ['messy', 'clean', 'restricted'] as const;
export type Variant = (typeof variants)[number];

/** User principal names: names with numbers, or numbers alone, so that all begin alike. */
export const upnStyles = ['natural', 'numbered'] as const;
export type UpnStyle = (typeof upnStyles)[number];
