import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { LocalDevices, LocalMediaProblem, LocalSource } from './local-media.ts';

/** One's own microphone in a call. */
export interface OwnSound {
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  /** Nobody hears this person: by their own wish, or for want of a microphone. */
  readonly muted: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<'none' | LocalMediaProblem>;
  setMuted(muted: boolean): Promise<void>;
  /** Asks for the microphone anew where it is open, e.g. because another one was chosen. */
  renew(): Promise<void>;
  dispose(): void;
}

export function createOwnSound(
  devices: Pick<LocalDevices, 'microphone'>,
  onProblem: (problem: LocalMediaProblem) => void,
): OwnSound {
  const source = signal<LocalSource | null>(null);
  const problem = signal<'none' | LocalMediaProblem>('none');
  const wanted = signal(false);
  let disposed = false;

  async function setMuted(muted: boolean): Promise<void> {
    wanted.value = !muted;
    // Muting keeps the device: to open it again takes its time, and may fail.
    if (source.value !== null) source.value.track.enabled = !muted;
    else if (!muted) await open();
  }

  async function open(): Promise<void> {
    const asked = await devices.microphone();
    // Over, or opened by another request, while the browser asked its person.
    if (disposed || source.value !== null) {
      if (asked.ok) asked.source.release();
      return;
    }
    batch(() => {
      problem.value = asked.ok ? 'none' : asked.problem;
      if (asked.ok) use(asked.source);
    });
    if (!asked.ok) onProblem(asked.problem);
  }

  function use(opened: LocalSource): void {
    // Somebody may have muted while the browser asked.
    opened.track.enabled = wanted.value;
    source.value = opened;
    opened.onEnded(() => {
      source.value = null;
      // There may be another microphone; where there is none, asking for one tells why.
      if (wanted.value) void open();
    });
  }

  return {
    track: computed(() => source.value?.track ?? null),
    muted: computed(() => !wanted.value || source.value === null),
    problem,
    setMuted,
    async renew() {
      if (source.value === null) return;
      source.value.release();
      source.value = null;
      await open();
    },
    dispose: () => {
      disposed = true;
      source.value?.release();
      source.value = null;
    },
  };
}
