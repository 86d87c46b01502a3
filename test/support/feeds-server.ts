import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface FeedReply {
  status?: number;
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Sends so many bytes of the body and breaks off. */
  cutAfter?: number;
  /** Never answers. */
  hang?: boolean;
  /** Sends without end. */
  endless?: boolean;
}

export interface FeedsServer {
  endpoint: string;
  /** What is answered, by host and path: `www.cisa.gov/sites/…`; with `?` where the query matters. */
  replies: Map<string, FeedReply | ((request: IncomingMessage) => FeedReply)>;
  /** Host and path of every request, in order. */
  asked: string[];
  requests: IncomingMessage[];
  close(): Promise<void>;
}

/** Stands in for the public feeds on loopback: plain answers have an ETag and honour it, unless a reply says otherwise. */
export async function startFeeds(): Promise<FeedsServer> {
  const replies: FeedsServer['replies'] = new Map();
  const [asked, requests]: [string[], IncomingMessage[]] = [[], []];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').slice(1));
    asked.push(path);
    requests.push(request);
    const found = replies.get(path) ?? replies.get(path.split('?')[0] as string);
    answer(request, response, typeof found === 'function' ? found(request) : found);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ replies, asked, requests },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(request: IncomingMessage, response: ServerResponse, reply: FeedReply | undefined): void {
  if (!reply) return void response.writeHead(404).end();
  const { status = 200, body = '', headers = {}, cutAfter, hang, endless } = reply;
  if (hang) return;
  if (endless) {
    flood(response);
    return;
  }
  const etag = headers.etag ?? `"${Buffer.byteLength(body)}-${hash(String(body))}"`;
  if (status === 200 && request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
  const packed = status === 200 && typeof body === 'string' && request.headers['accept-encoding']?.includes('gzip') === true;
  const content = packed ? gzipSync(body) : Buffer.from(body);
  response.writeHead(status, { etag, 'content-length': content.byteLength, ...(packed ? { 'content-encoding': 'gzip' } : {}), ...headers });
  if (cutAfter === undefined) return void response.end(content);
  response.write(content.subarray(0, cutAfter), () => response.destroy());
}

function flood(response: ServerResponse): void {
  response.writeHead(200);
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

function hash(text: string): number {
  let value = 7;
  for (let at = 0; at < text.length; at += 1) value = (value * 31 + text.charCodeAt(at)) | 0;
  return value;
}
