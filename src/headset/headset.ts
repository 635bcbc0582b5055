import { computed, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { PanelCommand } from '../ui/panels/command.ts';
import type { PanelDescription } from '../ui/panels/description.ts';
import { describePanels } from '../ui/panels/panels.ts';
import type { HeadsetTexts, HeadsetView } from '../ui/panels/view.ts';
import type { HeadsetApp } from './app.ts';
import { createCallSound } from './call/call-sound.ts';
import type { HeadsetCall } from './call/headset-call.ts';
import { handleCommand } from './commands.ts';
import type { Entrance } from './entrance.ts';
import type { RoomControl } from './room-control.ts';
import type { Sounds } from './sounds.ts';

export interface HeadsetDeps {
  readonly texts: HeadsetTexts;
  readonly entrance: Entrance<HeadsetApp>;
  readonly room: RoomControl;
  readonly sounds: Sounds;
  readonly online: ReadonlySignal<boolean>;
}

/** The whole page as data: one view, the panels made of it, and the one place where their commands are handled. */
export interface Headset {
  readonly view: ReadonlySignal<HeadsetView>;
  readonly panels: ReadonlySignal<readonly PanelDescription[]>;
  readonly call: ReadonlySignal<HeadsetCall | null>;
  send(command: PanelCommand): void;
  dispose(): void;
}

/** "5 minutes ago" and the fifteen minutes of Join Meeting need no finer clock. */
const CLOCK_MS = 20_000;

export function createHeadset(deps: HeadsetDeps): Headset {
  const { entrance, room, sounds, texts } = deps;
  const nowMs = signal(Date.now());
  const clock = setInterval(() => {
    nowMs.value = Date.now();
  }, CLOCK_MS);
  const app = entrance.part;

  const view = computed<HeadsetView>(() => ({
    nowMs: nowMs.value + (app.value?.client.clockOffsetMs.value ?? 0),
    screen: entrance.screen.value,
    connection: app.value?.client.status.value ?? 'connecting',
    online: deps.online.value,
    room: room.view.value,
    notice: app.value?.notice.value ?? null,
    lobbies: app.value?.client.door.lobbies.value ?? [],
  }));
  const panels = computed(() => describePanels(view.value, texts));
  const call = computed(() => app.value?.call.value ?? null);
  const callSound = createCallSound(call);
  const stops = [effect(() => room.show(panels.value)), effect(() => sounds.ring(app.value?.ringing.value ?? 'none'))];

  function send(command: PanelCommand): void {
    // The room's own presses are no events of the page.
    sounds.unlock();
    callSound.retry();
    handleCommand(command, { entrance, room });
  }

  return {
    view,
    panels,
    call,
    send,
    dispose: () => {
      clearInterval(clock);
      for (const stop of stops) stop();
      callSound.dispose();
      sounds.dispose();
      room.dispose();
    },
  };
}
