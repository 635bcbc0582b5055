/** Owns what was opened, and closes it in the opposite order. */
export interface Owner {
  own(close: () => unknown): void;
  /** Idempotent; what fails to close does not keep the rest open. Rejects with the first failure at the end. */
  close(): Promise<void>;
}

export function createOwner(): Owner {
  const closers: (() => unknown)[] = [];
  let closed: Promise<void> | undefined;

  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    own: (close) => void closers.push(close),
    close() {
      closed ??= closeAll();
      return closed;
    },
  };
}
