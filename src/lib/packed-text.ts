const chunkBytes = 0x10000;
/** Texts of more letters, or with letters beyond Latin-1, carry their length in four bytes. */
const longNarrow = 254;
const wide = 255;

/**
 * Keeps strings one behind the other, outside the heap of the engine: one byte a letter where Latin-1 has it, else as
 * UTF-16, which unlike UTF-8 gives back halves of surrogate pairs, too. A string is found by its address, which is below
 * 2^31.
 */
export class TextArena {
  readonly #chunks: Buffer[] = [];
  #used = chunkBytes;

  /** 0 stands for undefined, 1 for null. */
  add(text: string | null | undefined): number {
    if (text === undefined) return 0;
    if (text === null) return 1;
    const isNarrow = !/[^\0-\xff]/.test(text);
    const isShort = isNarrow && text.length < longNarrow;
    const bytes = isNarrow ? text.length : text.length * 2;
    const address = this.#room((isShort ? 1 : 5) + bytes);
    const chunk = this.#chunks.at(-1) as Buffer;
    let at = address % chunkBytes;
    at = chunk.writeUInt8(isShort ? text.length : isNarrow ? longNarrow : wide, at);
    if (!isShort) at = chunk.writeUInt32LE(bytes, at);
    chunk.write(text, at, isNarrow ? 'latin1' : 'utf16le');
    return address;
  }

  at(address: number): string | null | undefined {
    if (address < 2) return address === 0 ? undefined : null;
    const chunk = this.#chunks[Math.floor(address / chunkBytes)] as Buffer;
    const start = address % chunkBytes;
    const head = chunk[start] as number;
    if (head < longNarrow) return chunk.toString('latin1', start + 1, start + 1 + head);
    const end = start + 5 + chunk.readUInt32LE(start + 1);
    return chunk.toString(head === wide ? 'utf16le' : 'latin1', start + 5, end);
  }

  /** Address of that many free bytes in one chunk; what is larger than a chunk gets one of its own size. */
  #room(bytes: number): number {
    const first = this.#chunks.length === 0 ? 2 : 0;
    if (this.#used + bytes > chunkBytes) {
      if (this.#chunks.length === 0x8000) throw new RangeError('more text than two gigabytes');
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkBytes, first + bytes)));
      this.#used = first;
    }
    const address = (this.#chunks.length - 1) * chunkBytes + this.#used;
    this.#used += bytes;
    return address;
  }
}
