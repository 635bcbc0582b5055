export interface Listeners<Args extends readonly unknown[]> {
  /** Returns the removal; removing twice does nothing. */
  readonly add: (listener: (...args: Args) => void) => () => void;
  readonly emit: (...args: Args) => void;
}

export function createListeners<Args extends readonly unknown[]>(): Listeners<Args> {
  const listeners = new Set<(...args: Args) => void>();
  return {
    add(listener) {
      // A wrapper, so that the same function may listen twice and each removal takes away its own.
      const own = (...args: Args) => listener(...args);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(...args) {
      for (const listener of [...listeners]) listener(...args);
    },
  };
}
