import type { SignalRSocket } from '../socket.ts';

/** Stops the reading of a socket while too much that it brought waits to be done. */
export interface Reading {
  readonly isPaused: boolean;
  /** To be told whenever something was added to what waits. */
  added(waiting: number): void;
  /** To be told whenever something was taken from it. */
  taken(waiting: number): void;
  resume(): void;
}

export interface ReadingOptions {
  readonly socket: SignalRSocket;
  readonly maxWaiting: number;
  readonly onResume: () => void;
}

export function createReading({ socket, maxWaiting, onResume }: ReadingOptions): Reading {
  let isPaused = false;

  function resume() {
    if (!isPaused) return;
    isPaused = false;
    onResume();
    socket.resume();
  }

  return {
    get isPaused() {
      return isPaused;
    },
    resume,
    added(waiting) {
      if (isPaused || waiting < maxWaiting) return;
      isPaused = true;
      socket.pause();
    },
    taken(waiting) {
      // Half, so that the socket isn't stopped and started with every message.
      if (waiting <= maxWaiting / 2) resume();
    },
  };
}
