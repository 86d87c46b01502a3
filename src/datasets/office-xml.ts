/** Text of the Office deployment XML, which Graph gives in base64, without its comments. Its names are plain; a UTF-16 file has a zero byte beside each letter. */
export function officeXml(base64: string): string {
  return /^[A-Za-z0-9+/]+=*$/.test(base64)
    ? atob(base64)
        .replaceAll('\0', '')
        .replaceAll(/<!--.*?-->/gs, '')
    : '';
}

/** Whether the deployment leaves a program out: https://learn.microsoft.com/microsoft-365-apps/deploy/office-deployment-tool-configuration-options */
export function excludesInXml(xml: string, program: string): boolean {
  return new RegExp(`<ExcludeApp\\b[^>]*\\bID\\s*=\\s*["']${program}["']`, 'i').test(xml);
}
