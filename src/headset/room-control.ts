import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { PanelDescription } from '../ui/panels/description.ts';
import type { Capability, RoomMode, RoomView } from '../ui/panels/view.ts';
import type { Room, RoomOptions } from './room.ts';
import type { SpaceState } from './types.ts';
import type { CapabilityReport } from './xr/capabilities.ts';

export interface RoomControlDeps {
  reportCapabilities(): Promise<CapabilityReport>;
  /** Loads the 3D part of the page, which the page can do without. */
  loadRoom(options: Pick<RoomOptions, 'setLost' | 'spaceChanged' | 'ended'>): Promise<Room>;
  /** Installs the emulated headset, and resolves once WebXR is its own. */
  startEmulator(): Promise<void>;
}

export interface RoomStart {
  /** The emulated headset may be used here at all. */
  readonly allowEmulator: boolean;
  /** Somebody asked for it by the address. */
  readonly emulate: boolean;
}

/** The page's side of mixed reality: what is there, the way in and out, and what is shown inside. */
export interface RoomControl {
  readonly view: ReadonlySignal<RoomView>;
  /** Where the headset is; not tracking outside of mixed reality. */
  readonly space: ReadonlySignal<SpaceState>;
  /** Looks at what this browser has; starts the emulated headset first where it is asked for. */
  start(options: RoomStart): Promise<void>;
  enter(): Promise<void>;
  leave(): Promise<void>;
  emulate(): Promise<void>;
  togglePin(): void;
  show(panels: readonly PanelDescription[]): void;
  showVideo(video: HTMLVideoElement | null): void;
  dispose(): void;
}

type State = RoomView['state'];

export function createRoomControl(deps: RoomControlDeps): RoomControl {
  const state = signal<State>('checking');
  const mode = signal<RoomMode | null>(null);
  const capabilities = signal<readonly Capability[]>([]);
  const emulator = signal<RoomView['emulator']>('not-offered');
  const failed = signal(false);
  const pinned = signal(false);
  const lost = signal(false);
  const space = signal<SpaceState>({ spaceEpoch: 0, tracking: false });
  const panels = signal<readonly PanelDescription[]>([]);
  const video = signal<HTMLVideoElement | null>(null);
  const room = signal<Room | null>(null);
  let disposed = false;

  const stops = [
    effect(() => room.value?.show(panels.value)),
    effect(() => room.value?.showVideo(video.value)),
    effect(() => room.value?.setPinned(pinned.value)),
  ];

  async function check(): Promise<void> {
    const report = await deps.reportCapabilities();
    if (disposed) return;
    batch(() => {
      capabilities.value = report.capabilities;
      mode.value = report.mode;
      if (report.mode === null) state.value = 'unavailable';
    });
    // The gesture that enters must not wait for a download: what it needs is here before it is offered.
    if (report.mode !== null && room.value === null) await load();
    if (!disposed && report.mode !== null) state.value = 'ready';
  }

  async function load(): Promise<void> {
    const loaded = await deps.loadRoom({
      setLost: (value) => {
        lost.value = value;
      },
      spaceChanged: (spaceEpoch, tracking) => {
        space.value = { spaceEpoch, tracking };
      },
      ended: () => {
        batch(() => {
          state.value = 'ready';
          lost.value = false;
        });
      },
    });
    if (disposed) loaded.dispose();
    else room.value = loaded;
  }

  async function emulate(): Promise<void> {
    if (emulator.value === 'starting' || emulator.value === 'running') return;
    emulator.value = 'starting';
    try {
      await deps.startEmulator();
      emulator.value = 'running';
    } catch (error) {
      console.warn('The emulated headset did not start.', error);
      emulator.value = 'failed';
      return;
    }
    state.value = 'checking';
    await settle(check());
  }

  /** A page without mixed reality is still a page: whatever goes wrong on the way ends in the report. */
  async function settle(attempt: Promise<void>): Promise<void> {
    try {
      await attempt;
    } catch (error) {
      console.warn('Mixed reality is not available.', error);
      batch(() => {
        failed.value = true;
        state.value = 'unavailable';
      });
    }
  }

  async function start(options: RoomStart): Promise<void> {
    if (options.emulate && options.allowEmulator) return emulate();
    await settle(check());
    const isMissing = state.value === 'unavailable' || mode.value !== 'immersive-ar';
    if (isMissing && options.allowEmulator) emulator.value = 'offered';
  }

  async function enter(): Promise<void> {
    const current = room.value;
    if (current === null || mode.value === null || state.value !== 'ready') return;
    state.value = 'entering';
    failed.value = false;
    try {
      await current.enter(mode.value);
      if (state.value === 'entering') state.value = 'active';
    } catch (error) {
      console.warn('The device refused mixed reality.', error);
      batch(() => {
        failed.value = true;
        state.value = 'ready';
      });
    }
  }

  return {
    view: computed(() => ({
      state: state.value,
      mode: mode.value,
      capabilities: capabilities.value,
      emulator: emulator.value,
      failed: failed.value,
      pinned: pinned.value,
      lost: lost.value,
    })),
    space,
    start,
    enter,
    leave: async () => room.value?.leave(),
    emulate,
    togglePin: () => {
      pinned.value = !pinned.value;
    },
    show: (next) => {
      panels.value = next;
    },
    showVideo: (next) => {
      video.value = next;
    },
    dispose: () => {
      disposed = true;
      for (const stop of stops) stop();
      room.value?.dispose();
    },
  };
}
