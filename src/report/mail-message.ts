export interface Message {
  /** Name of the sender. */
  from: string;
  subject: string;
  /** BCP 47 */
  language: string;
  /** ISO 8601 */
  date: string;
  /** Letters and digits, the same for the same message. */
  id: string;
  text: string;
  html: string;
  attached: readonly { fileName: string; mediaType: string; content: string | Uint8Array }[];
}

/** Nobody can be reached there (RFC 2606): who sends it puts an own address in its place. */
const domain = 'tidytenant.invalid';

/**
 * A message as a file (RFC 5322, RFC 2045 to 2047). `X-Unsent` makes mail programs open it as a draft, with sender and
 * recipients to fill in. Everything is ASCII and no line is long, so it passes every server as it is.
 */
export function mailMessage({ from, subject, language, date, id, text, html, attached }: Message): string {
  const alternative = multipart('alternative', `=_text_${id}`, [textPart('text/plain; charset=utf-8', text), textPart('text/html; charset=utf-8', html)]);
  const body = attached.length > 0 ? multipart('mixed', `=_all_${id}`, [alternative, ...attached.map(attachment)]) : alternative;
  const head = [
    `From: ${displayName(from)}\r\n <sender@${domain}>`,
    `Subject: ${encodedWords(subject)}`,
    `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${domain}>`,
    'X-Unsent: 1',
    'MIME-Version: 1.0',
    `Content-Language: ${language}`,
  ];
  return `${head.join('\r\n')}\r\n${body}`;
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  const lines = parts.map((part) => `--${boundary}\r\n${part}\r\n`);
  return `Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n${lines.join('')}--${boundary}--\r\n`;
}

function textPart(mediaType: string, content: string): string {
  return `Content-Type: ${mediaType}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(content)}`;
}

function attachment({ fileName, mediaType, content }: Message['attached'][number]): string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  const lines = bytes.toString('base64').match(/.{1,76}/g) ?? [];
  return [
    `Content-Type: ${mediaType}; name="${fileName}"`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${fileName}"`,
    '',
    ...lines,
  ].join('\r\n');
}

/** RFC 2045, section 6.7. The boundaries hold `=_`, which it never writes. */
function quotedPrintable(content: string): string {
  const lines = content.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map((line) => softBroken(escaped(line))).join('\r\n');
}

/** One entry per byte: a character, or `=` and two digits. */
function escaped(line: string): string[] {
  return [...Buffer.from(line, 'utf8')].map((byte, at, all) => {
    const plain = (byte >= 33 && byte <= 126 && byte !== 61) || (byte === 32 && at < all.length - 1);
    return plain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

function softBroken(signs: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const sign of signs) {
    if (line.length + sign.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += sign;
  }
  return [...lines, line].join('\r\n');
}

/** Letters, digits and spaces stand as they are; anything else could end the name. */
function displayName(name: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9 ]{0,60}$/.test(name) ? name : inWords(name.replace(controls, ' '));
}

const controls = /[\u0000-\u001f\u007f]+/g;

/** RFC 2047: at most 75 characters each, and no character torn apart. A line break in a subject would be a header of somebody else's choice. */
function encodedWords(text: string): string {
  const clean = text.replace(controls, ' ');
  return /^[ -~]{0,60}$/.test(clean) && !clean.includes('=?') ? clean : inWords(clean);
}

function inWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const sign of text.toWellFormed()) {
    if (Buffer.byteLength(word + sign) > 42) {
      words.push(word);
      word = '';
    }
    word += sign;
  }
  return [...words, word].map((each) => `=?utf-8?B?${Buffer.from(each, 'utf8').toString('base64')}?=`).join('\r\n ');
}
