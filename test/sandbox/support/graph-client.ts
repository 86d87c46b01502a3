import { Agent, fetch } from 'undici';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

export interface Answer {
  status: number;
  headers: { get(name: string): string | null };
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

export interface Client {
  token(form?: Record<string, string>, tenant?: string): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  sendForm(path: string, form: string): Promise<Answer>;
  /** Follows next links to the end; the rows of all pages. */
  all(path: string): Promise<{ rows: Record<string, unknown>[]; pages: number }>;
  close(): Promise<void>;
}

/** A plain client that trusts the sandbox and signs in with its secret. */
export function clientOf(sandbox: Pick<Sandbox, 'origin' | 'tenantId' | 'clientId' | 'clientSecret' | 'caPem'>): Client {
  const dispatcher = new Agent({ connect: { ca: sandbox.caPem } });
  const absolute = (path: string) => (path.startsWith('https:') ? path : `${sandbox.origin}${path}`);
  const request = (method: string, path: string, headers: Record<string, string>, body?: string) => exchange(dispatcher, method, absolute(path), headers, body);
  const token: Client['token'] = (form = {}, tenant = sandbox.tenantId) => {
    const all = {
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      scope: `${sandbox.origin}/.default`,
      ...form,
    };
    return request('POST', `/${tenant}/oauth2/v2.0/token`, formType, new URLSearchParams(all).toString());
  };
  const authorized = async () => ({ authorization: `Bearer ${(await token()).body.access_token}` });
  const get: Client['get'] = async (path, headers = {}) => request('GET', path, { ...(await authorized()), ...headers });
  return {
    token,
    get,
    send: async (method, path, body, headers = {}) =>
      request(method, path, { ...(await authorized()), 'content-type': 'application/json', ...headers }, JSON.stringify(body)),
    sendForm: (path, form) => request('POST', path, formType, form),
    all: (path) => everyPage(get, path),
    close: () => dispatcher.close(),
  };
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' };

async function exchange(dispatcher: Agent, method: string, url: string, headers: Record<string, string>, body: string | undefined): Promise<Answer> {
  const response = await fetch(url, { method, headers, dispatcher, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

async function everyPage(get: Client['get'], path: string): Promise<{ rows: Record<string, unknown>[]; pages: number }> {
  const rows: Record<string, unknown>[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next; pages += 1) {
    const { status, body } = await get(next);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    rows.push(...body.value);
    next = body['@odata.nextLink'];
  }
  return { rows, pages };
}
