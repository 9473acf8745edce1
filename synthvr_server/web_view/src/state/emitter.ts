/** Tells whoever listens that something has changed. */
export class Emitter<T = void> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Returns the function that ends listening. */
  on(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}
