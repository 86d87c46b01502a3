import { badRequest, GraphError, type Reply } from './errors.ts';

interface Part {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
}

/** `$batch`: up to 20 requests in one, each answered as if it came alone. */
export async function answerBatch(body: string, answer: (part: Part) => Promise<Reply>): Promise<Reply> {
  const parts = readParts(body);
  const responses = await Promise.all(
    parts.map(async (part) => {
      const reply = await answer(part);
      return {
        id: part.id,
        status: reply.status,
        headers: { 'Content-Type': 'application/json', ...reply.headers },
        body: reply.text ? reply.text.content : reply.body,
      };
    }),
  );
  return { status: 200, body: { responses } };
}

function readParts(body: string): Part[] {
  let given: unknown;
  try {
    given = (JSON.parse(body) as { requests?: unknown }).requests;
  } catch {
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.');
  }
  if (!Array.isArray(given) || given.length === 0) throw badRequest('Invalid batch payload format.');
  if (given.length > 20) throw new GraphError(400, 'MaximumRequestsExceeded', 'Number of batch request steps exceeds the maximum value of 20.');
  const parts = given.map(readPart);
  if (new Set(parts.map((part) => part.id)).size !== parts.length) throw badRequest("Invalid batch payload format: 'id' must be unique.");
  return parts;
}

function readPart(given: { id?: unknown; method?: unknown; url?: unknown; headers?: Record<string, string> }): Part {
  if (typeof given.id !== 'string' || typeof given.method !== 'string' || typeof given.url !== 'string') throw badRequest('Invalid batch payload format.');
  const headers = Object.fromEntries(Object.entries(given.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return { id: given.id, method: given.method.toUpperCase(), url: given.url.startsWith('/') ? given.url : `/${given.url}`, headers };
}
