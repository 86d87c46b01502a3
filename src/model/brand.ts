/** Whose name and colours a report bears (`report.brand` of tidytenant.yaml). Every field may be absent. */
export interface Brand {
  name?: string | undefined;
  logo?: Logo | undefined;
  /** `#rrggbb` */
  color?: string | undefined;
  /** How to reach them: one line of text. */
  contact?: string | undefined;
  /** A few words before the report; an empty line begins a new paragraph. */
  cover?: string | undefined;
  /** The same after it. */
  footer?: string | undefined;
}

/** A picture that is part of the document: nothing is ever loaded from elsewhere. */
export interface Logo {
  mediaType: 'image/png' | 'image/jpeg' | 'image/svg+xml';
  base64: string;
}
