declare module 'fs-native-extensions' {
  /** Exclusive advisory lock on an open file; false when another descriptor holds it. */
  export function tryLock(descriptor: number): boolean;
  export function unlock(descriptor: number): void;
}
