/** A line of Windows builds: clients and servers share build numbers and count their revisions apart. */
export interface ProductLine {
  build: number;
  server: boolean;
}

const clientLines: Readonly<Record<string, number>> = {
  '10': 10240,
  '10 1607': 14393,
  '10 1809': 17763,
  '10 21H2': 19044,
  '10 22H2': 19045,
  '11 21H2': 22000,
  '11 22H2': 22621,
  '11 23H2': 22631,
  '11 24H2': 26100,
  '11 25H2': 26200,
  '11 26H1': 28000,
};
const serverLines: Readonly<Record<string, number>> = { '2016': 14393, '2019': 17763, '2022': 20348, '2022, 23H2 Edition': 25398, '2025': 26100 };

/** The line of a Windows product as MSRC names it; null for every other product, and for Windows before 10 and 2016. */
export function lineOfProduct(name: string): ProductLine | null {
  const product = productName(name);
  const client = /^Windows (1[01])(?: version (\w{4}))?$/i.exec(product);
  const server = /^Windows Server (.+)$/.exec(product);
  const build = client ? clientLines[[client[1], client[2]?.toUpperCase()].filter(Boolean).join(' ')] : serverLines[server?.[1] ?? ''];
  return build === undefined ? null : { build, server: !client };
}

/** A product's name without what makes no difference to its builds. */
export function productName(name: string): string {
  return name
    .trim()
    .replace(/ for (32-bit|64-bit|x64-based|ARM64-based) (Systems|editions)$/i, '')
    .replace(/ \(Server Core installation\)$/i, '');
}

/** Orders rows by line, oldest revision first. */
export function byLine(a: ProductLine & { revision: number }, b: ProductLine & { revision: number }): number {
  return Number(a.server) - Number(b.server) || a.build - b.build || a.revision - b.revision;
}
