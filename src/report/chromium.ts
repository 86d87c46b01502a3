import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Content, RenderError } from './renderer.ts';

const run = promisify(execFile);

/** What browsers of this family are called on a PATH, the freest first. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
  'chrome-headless-shell',
];

/** Where installers put them without touching the PATH. */
const places = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const windowsFolders = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'];
const windowsPlaces = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe'];

type Environment = Readonly<Record<string, string | undefined>>;

/** The browser that prints: the one named, else the first found. */
export function findBrowser(named: string | undefined, env: Environment = process.env): string {
  if (named !== undefined) {
    if (isProgram(named)) return named;
    throw new RenderError(`There is no program at ${named}, so no PDF was made.`, 'Name Chromium, Chrome or Edge in TIDYTENANT_CHROMIUM, or leave it unset.');
  }
  const found = candidates(env).find(isProgram);
  if (found) return found;
  throw new RenderError(
    'No Chromium, Chrome or Edge was found on this machine, so no PDF was made.',
    'Install one, or name it in TIDYTENANT_CHROMIUM. Any browser can print report.html, too.',
  );
}

function candidates(env: Environment): string[] {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const onPath = names.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`))));
  const installed = windowsFolders.flatMap((key) => (env[key] ? windowsPlaces.map((place) => join(env[key] ?? '', place)) : []));
  return [...onPath, ...(process.platform === 'darwin' ? places : []), ...(process.platform === 'win32' ? installed : [])];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export interface Printing {
  browser: string;
  /** Milliseconds until the browser is stopped. */
  timeLimit?: number;
}

/** Prints a page. The browser has a profile of its own, reaches no network, and leaves nothing behind. */
export async function printPage(page: Content, { browser, timeLimit = 180_000 }: Printing): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'tidytenant-print-'));
  try {
    const [from, to] = [join(folder, 'report.html'), join(folder, 'report.pdf')];
    await writeFile(from, page, { mode: 0o600 });
    await run(browser, [...flags(folder), `--print-to-pdf=${to}`, pathToFileURL(from).href], {
      timeout: timeLimit,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_RUNTIME_DIR: folder },
    }).catch((error: unknown) => {
      throw failure(browser, error, timeLimit);
    });
    return await printed(to, browser);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** A proxy would look names up by itself, so none is used; every name leads nowhere. Root may not use the sandbox of the browser. */
function flags(folder: string): string[] {
  return [
    '--headless=new',
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disable-dev-shm-usage',
    '--no-proxy-server',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    `--user-data-dir=${join(folder, 'profile')}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

async function printed(path: string, browser: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes?.subarray(0, 5).toString('latin1') === '%PDF-') return bytes;
  throw new RenderError(
    `${browser} printed no PDF.`,
    'A browser from a snap or a container cannot see the temporary folder: set TMPDIR to a folder in your home, or name another browser in TIDYTENANT_CHROMIUM.',
  );
}

function failure(browser: string, error: unknown, timeLimit: number): RenderError {
  const { killed, code } = error as { killed?: boolean; code?: number | string };
  const what = killed ? `did not finish within ${Math.round(timeLimit / 1000)} seconds` : `ended with ${code ?? 'an error'}`;
  return new RenderError(
    `${browser} ${what}, so no PDF was made.`,
    'Try again, or print report.html from any browser. --debug shows what the browser said.',
    error,
  );
}
