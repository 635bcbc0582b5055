import type { Engine } from '@babylonjs/core/Engines/engine.js';
import type { Scene } from '@babylonjs/core/scene.pure.js';
import type { PanelDescription } from '../ui/panels/description.ts';
import type { RoomMode } from '../ui/panels/view.ts';
import { FONT_FAMILY, FONT_WEIGHTS } from '../ui/tokens.ts';
import { createMeasureText } from './panels/measure.ts';
import { createRoomSession, type RoomSession, type RoomSessionOptions } from './room-session.ts';
import { createEngine, createRoomScene } from './scene/scene.ts';
import type { PoseSink } from './types.ts';
import { createXrEntrance } from './xr/session.ts';

export interface RoomOptions extends Pick<RoomSessionOptions, 'send' | 'play' | 'startTools' | 'setLost'> {
  readonly canvas: HTMLCanvasElement;
  readonly poseSink: PoseSink;
  readonly spaceChanged: (spaceEpoch: number, tracking: boolean) => void;
  /** The session is over, whoever ended it. */
  readonly ended: () => void;
}

/** Sightline in mixed reality, for as many sessions as somebody enters. */
export interface Room {
  /** For measurements. */
  readonly scene: Scene;
  readonly engine: Engine;
  /** Must be called from a user's gesture. Rejects when the device refuses. */
  enter(mode: RoomMode): Promise<void>;
  leave(): Promise<void>;
  show(panels: readonly PanelDescription[]): void;
  showVideo(video: HTMLVideoElement | null): void;
  setPinned(pinned: boolean): void;
  dispose(): void;
}

export async function createRoom(options: RoomOptions): Promise<Room> {
  await loadFonts();
  const engine = createEngine(options.canvas);
  const scene = createRoomScene(engine);
  const entrance = createXrEntrance(scene, options.canvas);
  const probe = document.createElement('canvas').getContext('2d');
  if (probe === null) throw new Error('This browser draws no 2D text.');
  const measure = createMeasureText(probe);
  const content: { panels: readonly PanelDescription[]; video: HTMLVideoElement | null; pinned: boolean } = {
    panels: [],
    video: null,
    pinned: false,
  };
  let inside: RoomSession | null = null;

  async function enter(mode: RoomMode): Promise<void> {
    if (inside !== null) return;
    const session = createRoomSession({ ...options, scene, measure });
    inside = session;
    const ended = (): void => {
      if (inside !== session) return;
      inside = null;
      options.canvas.hidden = true;
      session.dispose();
      options.ended();
    };
    const { poseSink, spaceChanged } = options;
    const listeners = {
      frame: session.frame,
      spaceChanged: (spaceEpoch: number, tracking: boolean) => {
        session.spaceChanged(spaceEpoch);
        spaceChanged(spaceEpoch, tracking);
      },
      ended,
    };
    // Where a browser mirrors the eyes' picture, it does so here.
    options.canvas.hidden = false;
    try {
      session.start(await entrance.enter({ mode, poseSink, listeners }));
    } catch (error) {
      inside = null;
      options.canvas.hidden = true;
      session.dispose();
      throw error;
    }
    session.panels.setPinned(content.pinned);
    session.panels.show(content.panels);
    session.slate.show(content.video);
  }

  return {
    scene,
    engine,
    enter,
    leave: async () => inside?.leave(),
    show: (panels) => {
      content.panels = panels;
      inside?.panels.show(panels);
    },
    showVideo: (video) => {
      content.video = video;
      inside?.slate.show(video);
    },
    setPinned: (pinned) => {
      content.pinned = pinned;
      inside?.panels.setPinned(pinned);
    },
    dispose: () => {
      void inside?.leave();
      scene.dispose();
      engine.dispose();
    },
  };
}

/** A texture drawn before the font is there keeps the wrong one until something changes. */
async function loadFonts(): Promise<void> {
  const wanted = Object.values(FONT_WEIGHTS).map((weight) => document.fonts.load(`${weight} 32px ${FONT_FAMILY}`));
  await Promise.allSettled(wanted);
}
