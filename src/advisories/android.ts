/** How old Android's security patch level is, in monthly bulletins; null where the text is no such level. */
export function androidMonthsBehind(patchLevel: string | null | undefined, now: Date): number | null {
  const parts = /^(\d{4})-(\d{2})-\d{2}$/.exec(patchLevel ?? '');
  if (!parts) return null;
  const months = (now.getUTCFullYear() - Number(parts[1])) * 12 + now.getUTCMonth() + 1 - Number(parts[2]);
  return Math.max(0, months);
}
