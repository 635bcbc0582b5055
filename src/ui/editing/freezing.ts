import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals-core';
import type { EditingBlock } from './availability.ts';

export interface FreezingDeps {
  /** Whether the frame on stage tells where it was seen from: no other can be drawn on. */
  readonly isPlaced: ReadonlySignal<boolean>;
  /** Freezes the frame on stage; false when it can't be drawn on. */
  freeze(): boolean;
}

/** Somebody wants to draw on the picture as it is now. */
export interface FreezeWish {
  /** What stands in the way by the time that a frame has come. */
  blocked(): EditingBlock | null;
  /** Nothing was frozen, for this reason. Not called after `cancel`. */
  onGivenUp(why: EditingBlock): void;
}

/** The way from the wish to draw to a frozen picture. */
export interface Freezing {
  /** A wish waits for the next frame that can be drawn on. */
  readonly waiting: ReadonlySignal<boolean>;
  /** Freezes the frame on stage, else the first that can be drawn on within a second. One wish waits at a time. */
  begin(wish: FreezeWish): 'frozen' | 'waiting';
  cancel(): void;
}

/** A headset that has just lost its place has it again by then; a hand that waits longer thinks that nothing happened. */
const WAIT_MS = 1_000;

export function createFreezing({ isPlaced, freeze }: FreezingDeps): Freezing {
  const waiting = signal(false);
  let stopWaiting: () => void = () => undefined;

  function cancel(): void {
    stopWaiting();
    stopWaiting = () => undefined;
    waiting.value = false;
  }

  function give(wish: FreezeWish): void {
    const why = wish.blocked();
    if (why === null && !freeze()) return;
    cancel();
    if (why !== null) wish.onGivenUp(why);
  }

  function wait(wish: FreezeWish): void {
    const timer = setTimeout(() => {
      cancel();
      wish.onGivenUp(wish.blocked() ?? 'no-pose');
    }, WAIT_MS);
    const stopWatching = effect(() => {
      if (isPlaced.value) untracked(() => give(wish));
    });
    stopWaiting = () => {
      clearTimeout(timer);
      stopWatching();
    };
    waiting.value = true;
  }

  return {
    waiting,
    begin(wish) {
      if (waiting.value) return 'waiting';
      if (freeze()) return 'frozen';
      wait(wish);
      return 'waiting';
    },
    cancel,
  };
}
