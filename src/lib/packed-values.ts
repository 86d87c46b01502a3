/** Distinct values, each with a number in the order of their first coming. */
export class Values<Value> {
  readonly #codes = new Map<Value, number>();
  readonly #values: Value[] = [];

  find(value: Value): number | undefined {
    return this.#codes.get(value);
  }

  codeOf(value: Value): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    this.#codes.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  at(code: number): Value {
    return this.#values[code] as Value;
  }
}
