/**
 * Published as navigation properties, and yet embedded unasked in the service's own examples:
 * https://learn.microsoft.com/graph/api/fido2authenticationmethodconfiguration-get
 */
export function isEmbedded({ code, at }: { code: string; at?: string }): boolean {
  return code === 'not-expanded' && /(?:^|\.)(?:includeTargets|passkeyProfiles)$/.test(at ?? '');
}
