export interface XmlElement {
  /** Without its namespace prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** The text directly inside, entities resolved. */
  text: string;
}

/** The text is not the kind of XML this reader takes. */
export class XmlError extends Error {
  override name = 'XmlError';
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[(?<raw>[\s\S]*?)\]\]>|<\/(?<end>[\w:.-]+)\s*>|<(?<start>[\w:.-]+)(?<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;
const deepest = 64;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads a document of elements, attributes and text. No document type, so no entity of its own: such a text is refused. */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  token.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const groups = token.exec(text)?.groups;
    if (!groups) throw new XmlError(`not readable at character ${at}`);
    take(open, groups);
  }
  const [root] = top.children;
  if (open.length > 1 || !root || top.children.length > 1) throw new XmlError('cut off, or not one document');
  return root;
}

function take(open: XmlElement[], { start, end, attributes, empty, text, raw }: Record<string, string | undefined>): void {
  const current = open.at(-1) as XmlElement;
  if (start !== undefined) {
    const element = { name: localName(start), attributes: attributesIn(attributes ?? ''), children: [], text: '' };
    current.children.push(element);
    if (!empty) open.push(element);
    if (open.length > deepest) throw new XmlError('elements lie too deep');
  } else if (end !== undefined) {
    if (open.length < 2 || current.name !== localName(end)) throw new XmlError(`the end of ${end} has no beginning`);
    open.pop();
  } else if (raw !== undefined || text !== undefined) {
    if (open.length < 2 && (raw ?? text ?? '').trim()) throw new XmlError('text outside of the document');
    current.text += raw ?? resolved(text ?? '');
  }
}

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name = '', double, single]) => [name, resolved(double ?? single ?? '')]));
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));?/g, (whole, hex, decimal, name) => {
    const character = name === undefined ? fromCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) : named[name];
    if (character === undefined || !whole.endsWith(';')) throw new XmlError(`${whole} stands for nothing`);
    return character;
  });
}

function fromCode(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
