import { GuidCells, guidBytes } from './packed-guid.ts';
import { TextArena } from './packed-text.ts';
import { Values } from './packed-values.ts';

/** The keys of a packed map, by row. */
export interface RowKeys {
  at(row: number): string;
}

/** Writes values of one kind into cells of fixed width and reads them back exactly as they were given. Holds state: one for each map. */
export interface Column<Value> {
  /** Bytes of a cell, which are all zero before it is written. */
  readonly width: number;
  write(cells: DataView, at: number, value: Value, keys: RowKeys, row: number): void;
  read(cells: DataView, at: number, keys: RowKeys, row: number): Value;
}

/** The key of the row itself: for an `id` that rarely differs from what the row is kept by. */
export function key(): Column<string> {
  const others = new Values<string | undefined>();
  others.codeOf(undefined);
  return {
    width: 4,
    write: (cells, at, value, keys, row) => cells.setUint32(at, value === keys.at(row) ? 0 : others.codeOf(value)),
    read: (cells, at, keys, row) => others.at(cells.getUint32(at)) ?? keys.at(row),
  };
}

export function guid<Value extends string | null | undefined>(): Column<Value> {
  const guids = new GuidCells<Value>();
  return { width: guidBytes, write: (cells, at, value) => guids.write(cells, at, value), read: (cells, at) => guids.read(cells, at) };
}

/** Values that many rows share: states, types, models. */
export function dictionary<Value extends string | number | boolean | null | undefined>(): Column<Value> {
  const values = new Values<Value>();
  return {
    width: 4,
    write: (cells, at, value) => cells.setUint32(at, values.codeOf(value)),
    read: (cells, at) => values.at(cells.getUint32(at)),
  };
}

/** Strings that differ from row to row: names. */
export function text<Value extends string | null | undefined>(): Column<Value> {
  const arena = new TextArena();
  let last: Value | undefined;
  let address = 0;
  return {
    width: 4,
    write: (cells, at, value) => {
      // The text of the row before, or one that the cell already has, takes no more room.
      const before = cells.getUint32(at);
      if (before !== 0 && arena.at(before) === value) return;
      if (value !== last) {
        address = arena.add(value);
        last = value;
      }
      cells.setUint32(at, address);
    },
    read: (cells, at) => arena.at(cells.getUint32(at)) as Value,
  };
}

const inline = 0x80000000;
const year2000 = Date.UTC(2000, 0, 1) / 1000;

/** Times as the service mostly writes them, `2026-08-20T12:00:00Z`, as a number of seconds; all others as text. */
export function instant<Value extends string | null | undefined>(): Column<Value> {
  const others = text<Value>();
  return {
    width: 4,
    write: (cells, at, value, keys, row) => {
      const seconds = secondsOf(value);
      if (seconds !== undefined) return cells.setUint32(at, inline + seconds);
      if (cells.getUint32(at) >= inline) cells.setUint32(at, 0);
      return others.write(cells, at, value, keys, row);
    },
    read: (cells, at, keys, row) => {
      const cell = cells.getUint32(at);
      return cell < inline ? others.read(cells, at, keys, row) : (secondText(cell - inline) as Value);
    },
  };
}

/** Undefined where the number would not give back the same text. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length !== 20) return undefined;
  if (value[10] !== 'T' || value[13] !== ':' || value[16] !== ':' || value[19] !== 'Z') return undefined;
  const [hour, minute, second] = [twoAt(value, 11), twoAt(value, 14), twoAt(value, 17)];
  const day = hour < 24 && minute < 60 && second < 60 ? dayOf(value.slice(0, 10)) : undefined;
  if (day === undefined) return undefined;
  const seconds = day * 86_400 + hour * 3600 + minute * 60 + second;
  return seconds >= 0 && seconds < inline ? seconds : undefined;
}

/** The number of two digits; not a number where they are none. */
function twoAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : Number.NaN;
}

/** The times of a tenant fall on few days. */
const days = new Map<string, number>();
const dates = new Map<number, Uint8Array>();

/** Days since 2000; undefined for what is no date. */
function dayOf(date: string): number | undefined {
  const known = days.get(date);
  if (known !== undefined) return known;
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== date) return undefined;
  const day = (at.getTime() / 1000 - year2000) / 86_400;
  days.set(date, day);
  dates.set(day, Buffer.from(date, 'latin1'));
  return day;
}

const letters = Buffer.from('2000-01-01T00:00:00Z', 'latin1');

/** Faster than `toISOString`. */
function secondText(seconds: number): string {
  const time = seconds % 86_400;
  letters.set(dates.get((seconds - time) / 86_400) as Uint8Array);
  writeTwo(Math.floor(time / 3600), 11);
  writeTwo(Math.floor(time / 60) % 60, 14);
  writeTwo(time % 60, 17);
  return letters.toString('latin1');
}

function writeTwo(number: number, at: number): void {
  letters[at] = 48 + Math.floor(number / 10);
  letters[at + 1] = 48 + (number % 10);
}

const largest = 2 ** 30;

/** Whole numbers of up to 30 bits, such as days; all others are kept beside, each distinct value once. */
export function integer<Value extends number | null | undefined>(): Column<Value> {
  const others = new Values<Value>();
  const fits = (value: Value): value is Value & number => Number.isInteger(value) && Math.abs(value as number) < largest;
  return {
    width: 4,
    write: (cells, at, value) => cells.setInt32(at, fits(value) ? value : largest + others.codeOf(value)),
    read: (cells, at) => {
      const cell = cells.getInt32(at);
      return cell < largest ? (cell as Value) : others.at(cell - largest);
    },
  };
}

const flags = [undefined, null, false, true] as const;

export function flag<Value extends boolean | null | undefined>(): Column<Value> {
  return {
    width: 1,
    write: (cells, at, value) => cells.setUint8(at, flags.indexOf(value)),
    read: (cells, at) => flags[cells.getUint8(at)] as Value,
  };
}

/** One column for each property. */
export type Columns<Row> = { readonly [Name in keyof Row]-?: Column<Row[Name]> };

/**
 * Objects. What is read is a view: a property is decoded when it is asked for, so that looking at one property of all
 * rows does not cost the others. The properties are inherited getters: they are read by name, and `{ ...view }` has none.
 */
export function record<Row extends object>(columns: Columns<Row>): Column<Row> {
  let width = 0;
  const fields = (Object.keys(columns) as (keyof Row)[]).map((name) => {
    const column = columns[name] as Column<Row[keyof Row]>;
    width += column.width;
    return { name, column, offset: width - column.width };
  });
  const View = viewOf(fields);
  return {
    width,
    write: (cells, at, row, keys, number) => {
      for (const { name, column, offset } of fields) column.write(cells, at + offset, row[name], keys, number);
    },
    read: (cells, at, keys, number) => new View(cells, at, keys, number) as Row,
  };
}

interface Field {
  name: PropertyKey;
  column: Column<unknown>;
  offset: number;
}

/** Where a view reads. Behind symbols, because its strings are the row's; private fields would take five times as long to set. */
const cellsOf: unique symbol = Symbol('cells');
const offsetOf: unique symbol = Symbol('offset');
const keysOf: unique symbol = Symbol('keys');
const rowOf: unique symbol = Symbol('row');

function viewOf(fields: readonly Field[]): new (cells: DataView, at: number, keys: RowKeys, row: number) => object {
  class View {
    readonly [cellsOf]: DataView;
    readonly [offsetOf]: number;
    readonly [keysOf]: RowKeys;
    readonly [rowOf]: number;

    constructor(cells: DataView, at: number, keys: RowKeys, row: number) {
      this[cellsOf] = cells;
      this[offsetOf] = at;
      this[keysOf] = keys;
      this[rowOf] = row;
    }

    toJSON(): object {
      return Object.fromEntries(fields.map(({ name }) => [name, this[name as keyof this]]));
    }
  }
  for (const { name, column, offset } of fields) {
    const get = function (this: View) {
      return column.read(this[cellsOf], this[offsetOf] + offset, this[keysOf], this[rowOf]);
    };
    Object.defineProperty(View.prototype, name, { enumerable: true, get });
  }
  return View;
}
