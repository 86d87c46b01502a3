import { inflateRawSync } from 'node:zlib';
import { parseXml, type XmlElement } from '../../src/lib/xml.ts';

/** A cell as the workbook holds it: text, number, or a day number with a date format as a Date. */
export type ReadCell = string | number | Date | null;

export interface ReadSheet {
  name: string;
  rows: ReadCell[][];
  /** Rows that stay in sight. */
  frozenRows: number;
  widths: number[];
  /** Formulas in the sheet, which there should be none of. */
  formulas: number;
}

/** Reads a workbook by the letter of its format (ECMA-376), without the library that wrote it. */
export function readXlsx(bytes: Uint8Array): ReadSheet[] {
  const files = unzip(Buffer.from(bytes));
  const xml = (path: string) => parseXml(files.get(path)?.toString('utf8') ?? '<none/>');
  const strings = all(xml('xl/sharedStrings.xml'), 'si').map(textOf);
  const formats = dateStyles(xml('xl/styles.xml'));
  const targets = new Map(all(xml('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [attributes.Id, attributes.Target]));
  return all(xml('xl/workbook.xml'), 'sheet').map(({ attributes }) => {
    const id = Object.entries(attributes).find(([name]) => name.endsWith('id') && name !== 'sheetId')?.[1];
    const sheet = xml(`xl/${targets.get(id)?.replace(/^\/?xl\//, '')}`);
    return { name: attributes.name ?? '', ...contentOf(sheet, strings, formats) };
  });
}

function contentOf(sheet: XmlElement, strings: readonly string[], dates: ReadonlySet<number>): Omit<ReadSheet, 'name'> {
  const rows = all(sheet, 'row').map((row) => {
    const cells: ReadCell[] = [];
    for (const cell of all(row, 'c')) cells[columnOf(cell.attributes.r ?? '')] = readCell(cell, strings, dates);
    return Array.from(cells, (cell) => cell ?? null);
  });
  const [pane] = all(sheet, 'pane');
  return {
    rows,
    frozenRows: pane?.attributes.state === 'frozen' ? Number(pane.attributes.ySplit ?? 0) : 0,
    widths: all(sheet, 'col').map(({ attributes }) => Number(attributes.width)),
    formulas: all(sheet, 'f').length,
  };
}

function readCell(cell: XmlElement, strings: readonly string[], dates: ReadonlySet<number>): ReadCell {
  const [value] = all(cell, 'v');
  if (cell.attributes.t === 'inlineStr') return textOf(cell);
  if (!value) return null;
  if (cell.attributes.t === 's') return strings[Number(value.text)] ?? null;
  const number = Number(value.text);
  // Day 25569 is 1970-01-01; a workbook knows no time zone.
  return dates.has(Number(cell.attributes.s ?? 0)) ? new Date(Math.round((number - 25569) * 86_400) * 1000) : number;
}

/** Indexes of the cell styles that show a date. */
function dateStyles(styles: XmlElement): Set<number> {
  const formats = new Map(all(styles, 'numFmt').map(({ attributes }) => [attributes.numFmtId, attributes.formatCode ?? '']));
  const [cells] = all(styles, 'cellXfs');
  const isDate = (id: string | undefined) => /y/i.test(formats.get(id) ?? '') || ['14', '22'].includes(id ?? '');
  return new Set(cells?.children.flatMap(({ attributes }, index) => (isDate(attributes.numFmtId) ? [index] : [])));
}

/** `_x005F_` and the like stand for the character of that number. */
function textOf(element: XmlElement): string {
  return all(element, 't')
    .map(({ text }) => text.replace(/_x([\dA-F]{4})_/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))
    .join('');
}

function columnOf(reference: string): number {
  return [...reference.replace(/\d+$/, '')].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}

/** The files of an archive, by its central directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), method === 0 ? packed : inflateRawSync(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}
