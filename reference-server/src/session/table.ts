/**
 * Records by id, with an overlay for changes that may still be taken back.
 * A rejected command costs what it touched, never a copy of the session.
 */
export class Table<Value> {
  readonly #base = new Map<string, Value>();
  #changes = new Map<string, Value>();

  get(id: string): Value | undefined {
    return this.#changes.size === 0 ? this.#base.get(id) : (this.#changes.get(id) ?? this.#base.get(id));
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  set(id: string, value: Value): void {
    this.#changes.set(id, value);
  }

  /** Makes the changes since the last commit permanent. */
  commit(): void {
    if (this.#changes.size === 0) return;
    for (const [id, value] of this.#changes) this.#base.set(id, value);
    this.#changes = new Map();
  }

  /** Takes back the changes since the last commit. */
  rollback(): void {
    if (this.#changes.size > 0) this.#changes = new Map();
  }

  /** The records that are committed. */
  committed(): MapIterator<Value> {
    return this.#base.values();
  }
}
