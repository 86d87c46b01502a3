/** Distinct values, each with a number in the order of their first coming. */
export class Values<Value> {
  readonly #codes = new Map<Value, number>();
  readonly #values: Value[] = [];
  #last = -1;

  find(value: Value): number | undefined {
    return this.#codes.get(value);
  }

  codeOf(value: Value): number {
    // Neighbors are often the same, and comparing two strings takes less time than hashing one.
    if (this.#last >= 0 && this.#values[this.#last] === value) return this.#last;
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#values.push(value) - 1;
      this.#codes.set(value, code);
    }
    this.#last = code;
    return code;
  }

  at(code: number): Value {
    return this.#values[code] as Value;
  }
}
