import * as z from 'zod';
import type { Brand } from '../model/brand.ts';
import { readLogo } from './logo.ts';

const words = (most: number) => z.string().trim().min(1).max(most);

/** The picture is read with the config, so that a wrong path costs no scan and is told with its line. */
const Logo = words(1000).transform((path, context) => {
  try {
    return readLogo(path);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const BrandSettings = z.strictObject({
  name: words(120).optional(),
  /** Path of an SVG, PNG or JPEG file of at most 200 kB. */
  logo: Logo.optional(),
  /** Colour of headings and lines, `#rrggbb`. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour such as #17566b')
    .optional(),
  contact: words(200).optional(),
  cover: words(2000).optional(),
  footer: words(1000).optional(),
});

const Language = words(20);

/** How reports look and in which language they speak; `perTenant` by tenant id or domain, field by field before the general ones. */
export const ReportSettings = z.strictObject({
  language: Language.optional(),
  brand: BrandSettings.optional(),
  /** Folders with translations of checks. */
  messages: z.array(z.string().min(1)).optional(),
  perTenant: z.record(z.string().min(1), z.strictObject({ language: Language.optional(), brand: BrandSettings.optional() })).default({}),
});
export type ReportSettings = z.infer<typeof ReportSettings>;

export interface TenantReport {
  language?: string | undefined;
  brand?: Brand | undefined;
}

/** What holds for one tenant, found by its id or one of its names, whatever their case. */
export function reportFor(settings: ReportSettings, tenant: { id: string; domain: string }): TenantReport {
  const names = [tenant.id, tenant.domain].map((name) => name.toLowerCase());
  const own = Object.entries(settings.perTenant).find(([name]) => names.includes(name.toLowerCase()))?.[1];
  const brand = settings.brand || own?.brand ? { ...settings.brand, ...own?.brand } : undefined;
  return { language: own?.language ?? settings.language, brand };
}
