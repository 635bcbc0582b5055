import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import type { CallSession } from '../../client/types.ts';
import type { PersonKey } from '../../domain/call/state.ts';
import type { CameraProfile } from '../../domain/registration/camera.ts';
import type { SpaceState } from '../types.ts';

/** Tracking that is lost for a blink is not worth a line in the call's log. */
const SETTLE_MS = 300;

interface TellCameraOptions {
  readonly session: CallSession;
  readonly me: PersonKey;
  readonly camera: () => CameraProfile;
  readonly space: ReadonlySignal<SpaceState>;
}

/** A hub that can't take it just now is asked again after this, then after twice that, and so on. */
const AGAIN_AFTER_MS = 1_000;
/** The last of these attempts is a minute after the first: longer than any hub is too busy. */
const ATTEMPTS = 7;

/**
 * Tells the experts through which camera they look, and whether the headset knows where it is. What the hub refused
 * is not known there, so it is told again. Returns the end of it.
 */
export function tellCamera({ session, me, camera, space }: TellCameraOptions): () => void {
  const joined = isJoined(session, me);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let told: SpaceState | null = null;
  let attempts = 0;
  let telling = false;
  let stopped = false;

  const tellIn = (delayMs: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void tell();
    }, delayMs);
  };

  const stop = effect(() => {
    const { spaceEpoch } = space.value;
    if (!joined.value) return;
    attempts = 0;
    // A new space is told at once: marks of the old one must be refused from now on.
    const isUrgent = told === null || told.spaceEpoch !== spaceEpoch;
    tellIn(isUrgent ? 0 : SETTLE_MS);
  });

  async function tell(): Promise<void> {
    const next = space.peek();
    if (telling || !joined.peek() || sameSpace(told, next)) return;
    telling = true;
    attempts += 1;
    const result = await session.send({ type: 'describeCamera', camera: camera(), ...next });
    telling = false;
    if (stopped) return;
    // After a refusal nobody can be sure what the hub goes by.
    told = result.ok ? next : null;
    // Where it changed while the hub answered, its own timer may have run out meanwhile.
    if (timer !== null || sameSpace(told, space.peek())) return;
    if (result.ok || !sameSpace(next, space.peek())) tellIn(0);
    else if (attempts < ATTEMPTS) tellIn(AGAIN_AFTER_MS * 2 ** (attempts - 1));
  }

  return () => {
    stopped = true;
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

const sameSpace = (a: SpaceState | null, b: SpaceState): boolean =>
  a !== null && a.spaceEpoch === b.spaceEpoch && a.tracking === b.tracking;

function isJoined(session: CallSession, me: PersonKey): ReadonlySignal<boolean> {
  return computed(() => session.state.value.participants[me]?.state === 'joined');
}
