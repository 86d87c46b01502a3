import { Values } from './packed-values.ts';

export const guidBytes = 16;

/** Where the dashes stand, and the 32 digits. */
const dashes = [8, 13, 18, 23];
const places = Uint8Array.from([...Array(36).keys()].filter((place) => !dashes.includes(place)));
const digits = Buffer.from('0123456789abcdef', 'latin1');
const nibbles = new Int8Array(128).fill(-1);
digits.forEach((letter, value) => {
  nibbles[letter] = value;
});
const words = new Uint32Array(4);
const letters = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1');
const ones = 0xffffffff;

/**
 * GUIDs in 16 bytes. Whatever is not one, in the form and the lower case that the service writes, is kept beside, each
 * distinct value once, and its cell begins with 96 ones; a GUID that does is kept beside, too.
 */
export class GuidCells<Value> {
  readonly #others = new Values<Value>();

  write(cells: DataView, at: number, value: Value): void {
    if (!parse(value)) beside(this.#others.codeOf(value));
    writeWords(cells, at);
  }

  /** Writes what `write` would have written, but learns no new value: false where the value never came before. */
  seek(cells: DataView, at: number, value: Value): boolean {
    if (!parse(value)) {
      const code = this.#others.find(value);
      if (code === undefined) return false;
      beside(code);
    }
    writeWords(cells, at);
    return true;
  }

  read(cells: DataView, at: number): Value {
    const isBeside = cells.getUint32(at) === ones && cells.getUint32(at + 4) === ones && cells.getUint32(at + 8) === ones;
    return isBeside ? this.#others.at(cells.getUint32(at + 12)) : (format(cells, at) as Value);
  }
}

/** Sets `words`; false where the value is no GUID that can be kept in them. */
function parse(value: unknown): boolean {
  if (typeof value !== 'string' || value.length !== 36) return false;
  for (const place of dashes) if (value.charCodeAt(place) !== 45) return false;
  let wrong = 0;
  for (let digit = 0; digit < 32; digit += 8) {
    let word = 0;
    for (let each = digit; each < digit + 8; each += 1) {
      const letter = value.charCodeAt(places[each] as number);
      const nibble = letter < 128 ? (nibbles[letter] as number) : -1;
      wrong |= nibble;
      word = (word << 4) | nibble;
    }
    words[digit / 8] = word;
  }
  return wrong >= 0 && !(words[0] === ones && words[1] === ones && words[2] === ones);
}

function beside(code: number): void {
  words.fill(ones);
  words[3] = code;
}

function writeWords(cells: DataView, at: number): void {
  for (let word = 0; word < 4; word += 1) cells.setUint32(at + word * 4, words[word] as number);
}

function format(cells: DataView, at: number): string {
  for (let digit = 0; digit < 32; digit += 2) {
    const byte = cells.getUint8(at + digit / 2);
    letters[places[digit] as number] = digits[byte >>> 4] as number;
    letters[places[digit + 1] as number] = digits[byte & 15] as number;
  }
  return letters.toString('latin1');
}
