import { type Column, type Columns, type RowKeys, record } from './packed-columns.ts';
import { GuidCells, guidBytes } from './packed-guid.ts';

/** A map that holds its values outside the heap of the engine, in a few dozen bytes each, and keeps them for good. */
export function packedMap<Value>(column: Column<Value>): PackedMap<Value> {
  return new PackedMap(column);
}

/** A packed map of objects. What it gives are views: see `record`. */
export function packedTable<Row extends object>(columns: Columns<Row>): PackedMap<Row> {
  return packedMap(record<Row>(columns));
}

/** A set of ids in 21 bytes each. */
export function packedSet(): PackedSet {
  return new PackedSet();
}

export class PackedMap<Value> implements ReadonlyMap<string, Value> {
  readonly #keys = new Keys();
  readonly #column: Column<Value>;
  readonly #rows: Chunks;

  constructor(column: Column<Value>) {
    this.#column = column;
    this.#rows = new Chunks(column.width);
  }

  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.find(key) >= 0;
  }

  get(key: string): Value | undefined {
    const row = this.#keys.find(key);
    return row < 0 ? undefined : this.#at(row);
  }

  set(key: string, value: Value): this {
    const row = this.#keys.add(key);
    this.#rows.reach(row);
    this.#column.write(this.#rows.chunkOf(row), this.#rows.offsetOf(row), value, this.#keys, row);
    return this;
  }

  forEach(callback: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  keys(): MapIterator<string> {
    return this.#keys.values();
  }

  *values(): MapIterator<Value> {
    for (let row = 0; row < this.size; row += 1) yield this.#at(row);
    return undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (let row = 0; row < this.size; row += 1) yield [this.#keys.at(row), this.#at(row)];
    return undefined;
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  #at(row: number): Value {
    return this.#column.read(this.#rows.chunkOf(row), this.#rows.offsetOf(row), this.#keys, row);
  }
}

export class PackedSet implements ReadonlySet<string> {
  readonly #keys = new Keys();

  get size(): number {
    return this.#keys.size;
  }

  has(value: string): boolean {
    return this.#keys.find(value) >= 0;
  }

  add(value: string): this {
    this.#keys.add(value);
    return this;
  }

  forEach(callback: (value: string, again: string, set: ReadonlySet<string>) => void): void {
    for (const value of this) callback(value, value, this);
  }

  keys(): SetIterator<string> {
    return this.#keys.values();
  }

  values(): SetIterator<string> {
    return this.#keys.values();
  }

  *entries(): SetIterator<[string, string]> {
    for (const value of this) yield [value, value];
    return undefined;
  }

  [Symbol.iterator](): SetIterator<string> {
    return this.#keys.values();
  }
}

/** Above the row in a slot of the index stand bits of the hash, so that rows are compared only where the keys are likely the same. */
const rowBits = 24;
const mostRows = 2 ** rowBits - 1;

/** Distinct keys in the order of their first coming, found through an open-addressing index. */
class Keys implements RowKeys {
  readonly #guids = new GuidCells<string>();
  readonly #cells = new Chunks(guidBytes);
  /** Row + 1 with bits of the hash; 0 = free. Never fuller than three quarters. */
  #index = new Uint32Array(16);
  size = 0;

  at(row: number): string {
    return this.#guids.read(this.#cells.chunkOf(row), this.#cells.offsetOf(row));
  }

  *values(): Generator<string, undefined> {
    for (let row = 0; row < this.size; row += 1) yield this.at(row);
    return undefined;
  }

  /** The row of the key, or -1. */
  find(key: string): number {
    return this.#guids.seek(sought, 0, key) ? this.#rowAt(this.#slotOf(sought, 0)) : -1;
  }

  /** The row of the key, which is a new one where the key is new. */
  add(key: string): number {
    this.#guids.write(sought, 0, key);
    const slot = this.#slotOf(sought, 0);
    const known = this.#rowAt(slot);
    if (known >= 0) return known;
    const row = this.size;
    if (row === mostRows) throw new RangeError('more rows than a packed map can hold');
    this.#cells.copy(sought, row);
    this.size += 1;
    if (this.size * 4 > this.#index.length * 3) this.#grow();
    else this.#index[slot] = entryOf(row, hashOf(sought, 0));
    return row;
  }

  #grow(): void {
    this.#index = new Uint32Array(this.#index.length * 2);
    for (let row = 0; row < this.size; row += 1) {
      const cells = this.#cells.chunkOf(row);
      const at = this.#cells.offsetOf(row);
      this.#index[this.#slotOf(cells, at)] = entryOf(row, hashOf(cells, at));
    }
  }

  #rowAt(slot: number): number {
    return ((this.#index[slot] as number) & mostRows) - 1;
  }

  /** Where the key in the cells is indexed, or the free slot where it would be. */
  #slotOf(cells: DataView, at: number): number {
    const last = this.#index.length - 1;
    const hash = hashOf(cells, at);
    let slot = hash & last;
    for (let entry = this.#index[slot] as number; entry !== 0; entry = this.#index[slot] as number) {
      const row = (entry & mostRows) - 1;
      if (entry >>> rowBits === hash >>> rowBits && isSame(cells, at, this.#cells.chunkOf(row), this.#cells.offsetOf(row))) break;
      slot = (slot + 1) & last;
    }
    return slot;
  }
}

const sought = new DataView(new ArrayBuffer(guidBytes));

function entryOf(row: number, hash: number): number {
  return (((hash >>> rowBits) << rowBits) | (row + 1)) >>> 0;
}

function hashOf(cells: DataView, at: number): number {
  let hash = 0;
  for (let word = 0; word < guidBytes; word += 4) {
    hash = Math.imul(hash ^ cells.getUint32(at + word), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

function isSame(a: DataView, atA: number, b: DataView, atB: number): boolean {
  for (let word = 0; word < guidBytes; word += 4) if (a.getUint32(atA + word) !== b.getUint32(atB + word)) return false;
  return true;
}

const chunkBits = 10;
const rowsPerChunk = 2 ** chunkBits;

/** Cells by row. Grows a chunk at a time, so that growing copies nothing and never holds the rows twice. */
class Chunks {
  readonly #width: number;
  readonly #chunks: DataView[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  chunkOf(row: number): DataView {
    return this.#chunks[row >>> chunkBits] as DataView;
  }

  offsetOf(row: number): number {
    return (row & (rowsPerChunk - 1)) * this.#width;
  }

  /** Makes room for the row, where it is the next one. */
  reach(row: number): void {
    if (row >>> chunkBits === this.#chunks.length) this.#chunks.push(new DataView(new ArrayBuffer(this.#width * rowsPerChunk)));
  }

  copy(cells: DataView, row: number): void {
    this.reach(row);
    const chunk = this.chunkOf(row);
    const at = this.offsetOf(row);
    for (let byte = 0; byte < this.#width; byte += 1) chunk.setUint8(at + byte, cells.getUint8(byte));
  }
}
