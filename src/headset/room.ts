import type { PanelCommand } from '../ui/panels/command.ts';
import type { PanelDescription } from '../ui/panels/description.ts';
import type { RoomMode } from '../ui/panels/view.ts';
import { FONT_FAMILY, FONT_WEIGHTS } from '../ui/tokens.ts';
import { createMeasureText } from './panels/measure.ts';
import { createPanelRoom, type PanelRoom } from './panels/panel-room.ts';
import { createRayVisuals } from './scene/ray-visuals.ts';
import { createEngine, createRoomScene } from './scene/scene.ts';
import { createSlate, type Slate } from './scene/slate.ts';
import type { CreateRoomTools, PoseSink, RoomSound, RoomTools } from './types.ts';
import { createRayInput, type MutableRay } from './xr/rays.ts';
import { createXrEntrance, type XrSession } from './xr/session.ts';

export interface RoomOptions {
  readonly canvas: HTMLCanvasElement;
  readonly send: (command: PanelCommand) => void;
  readonly play: (sound: RoomSound) => void;
  readonly poseSink: PoseSink;
  /** What else works in the room, such as annotations; made anew for every session. */
  readonly createTools: CreateRoomTools;
  /** Pinned panels came out of sight, or back. */
  readonly setLost: (lost: boolean) => void;
  /** The session is over, whoever ended it. */
  readonly ended: () => void;
}

/** Sightline in mixed reality: panels, the video slate, rays and tools, for as many sessions as somebody enters. */
export interface Room {
  enter(mode: RoomMode): Promise<void>;
  leave(): Promise<void>;
  show(panels: readonly PanelDescription[]): void;
  showVideo(video: HTMLVideoElement | null): void;
  setPinned(pinned: boolean): void;
  dispose(): void;
}

/** What exists while a session runs. */
interface Inside {
  readonly xr: XrSession;
  readonly panels: PanelRoom;
  readonly slate: Slate;
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
  let inside: Inside | null = null;
  let panelsShown: readonly PanelDescription[] = [];
  let video: HTMLVideoElement | null = null;
  let pinned = false;

  async function enter(mode: RoomMode): Promise<void> {
    if (inside !== null) return;
    let tools: RoomTools | null = null;
    const { send, play, setLost } = options;
    const panels = createPanelRoom({ scene, measure, send, play, setLost });
    const slate = createSlate(scene, panels.desk);
    let step: ((frame: XRFrame, timeMs: number, deltaS: number) => void) | null = null;
    const listeners = {
      frame: (frame: XRFrame, timeMs: number, deltaS: number) => step?.(frame, timeMs, deltaS),
      spaceReset: () => tools?.spaceReset(),
      ended: () => {
        inside?.dispose();
        inside = null;
        options.ended();
      },
    };
    let xr: XrSession;
    try {
      xr = await entrance.enter({ mode, poseSink: options.poseSink, listeners });
    } catch (error) {
      slate.dispose();
      panels.dispose();
      throw error;
    }
    const input = createRayInput(xr.session, { selectStart, selectEnd }, xr.referenceSpace);
    const visuals = createRayVisuals(scene, input.rays.length);
    const { session, referenceSpace, spaceEpoch, viewer } = xr;
    tools = options.createTools({ scene, session, referenceSpace, spaceEpoch, viewer, rays: input.rays });

    function selectStart(ray: MutableRay): void {
      if (!panels.press(ray)) tools?.selectStart(ray);
    }
    function selectEnd(ray: MutableRay): void {
      if (ray.onPanel) panels.release(ray);
      else tools?.selectEnd(ray);
    }
    step = (frame, timeMs, deltaS) => {
      input.update(frame, referenceSpace());
      panels.step(viewer, input.rays, deltaS);
      visuals.step(input.rays, panels.aimOf);
      slate.step(timeMs);
      tools?.frame(frame, timeMs);
    };
    const dispose = (): void => {
      step = null;
      input.dispose();
      tools?.dispose();
      visuals.dispose();
      slate.dispose();
      panels.dispose();
    };
    inside = { xr, panels, slate, dispose };
    panels.setPinned(pinned);
    panels.show(panelsShown);
    slate.show(video);
  }

  return {
    enter,
    leave: async () => inside?.xr.leave(),
    show: (panels) => {
      panelsShown = panels;
      inside?.panels.show(panels);
    },
    showVideo: (next) => {
      video = next;
      inside?.slate.show(next);
    },
    setPinned: (next) => {
      pinned = next;
      inside?.panels.setPinned(next);
    },
    dispose: () => {
      void inside?.xr.leave();
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
