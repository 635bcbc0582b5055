import type { Scene } from '@babylonjs/core/scene.pure.js';
import { signal } from '@preact/signals-core';
import type { PanelCommand } from '../ui/panels/command.ts';
import type { MeasureText } from './panels/measure.ts';
import { createPanelRoom, type PanelRoom } from './panels/panel-room.ts';
import { createRayVisuals, type RayVisuals } from './scene/ray-visuals.ts';
import { createSlate, type Slate } from './scene/slate.ts';
import type { RoomContext, RoomSound, StartRoomTools } from './types.ts';
import { createRayInput, type RayInput } from './xr/rays.ts';
import type { XrSession } from './xr/session.ts';

type FrameListener = (frame: XRFrame, timeMs: number) => void;

/** What exists while one session runs: panels, slate, rays, tools; gone without a trace when it ends. */
export interface RoomSession {
  readonly panels: PanelRoom;
  readonly slate: Slate;
  start(xr: XrSession): void;
  /** The frame loop. Allocates nothing of its own. */
  frame(frame: XRFrame, timeMs: number, deltaS: number): void;
  spaceChanged(spaceEpoch: number): void;
  leave(): Promise<void>;
  dispose(): void;
}

export interface RoomSessionOptions {
  readonly scene: Scene;
  readonly measure: MeasureText;
  readonly send: (command: PanelCommand) => void;
  readonly play: (sound: RoomSound) => void;
  /** What else works in the room, such as annotations. */
  readonly startTools: StartRoomTools;
  /** Pinned panels came out of sight, or back. */
  readonly setLost: (lost: boolean) => void;
}

/** What the start of the session adds. */
interface Running {
  readonly xr: XrSession;
  readonly input: RayInput;
  readonly visuals: RayVisuals;
  readonly stopTools: () => void;
}

export function createRoomSession(options: RoomSessionOptions): RoomSession {
  const { scene } = options;
  const panels = createPanelRoom(options);
  const slate = createSlate(scene, panels.desk);
  const epoch = signal(0);
  const frameListeners: FrameListener[] = [];
  const endListeners = new Set<() => void>();
  let running: Running | null = null;
  let disposed = false;

  function start(xr: XrSession): void {
    // The session may have ended while it was being entered.
    if (disposed) return;
    epoch.value = xr.spaceEpoch();
    const input = createRayInput(
      xr.session,
      { selectStart: (ray) => void panels.press(ray), selectEnd: panels.release },
      xr.referenceSpace,
    );
    const visuals = createRayVisuals(scene, input.rays.length);
    const stopTools = options.startTools(contextOf(xr, input));
    running = { xr, input, visuals, stopTools };
  }

  const contextOf = (xr: XrSession, input: RayInput): RoomContext => ({
    scene,
    session: xr.session,
    referenceSpace: xr.referenceSpace,
    spaceEpoch: xr.spaceEpoch,
    epoch,
    viewer: xr.viewer,
    rays: input.rays,
    isOnPanel: (source) => input.rayOf(source)?.onPanel ?? false,
    onFrame: (listener) => {
      frameListeners.push(listener);
      return () => {
        const at = frameListeners.indexOf(listener);
        if (at >= 0) frameListeners.splice(at, 1);
      };
    },
    onEnd: (listener) => {
      endListeners.add(listener);
      return () => void endListeners.delete(listener);
    },
  });

  function frame(xrFrame: XRFrame, timeMs: number, deltaS: number): void {
    if (running === null) return;
    const { xr, input, visuals } = running;
    input.update(xrFrame, xr.referenceSpace());
    panels.step(xr.viewer, input.rays, deltaS);
    visuals.step(input.rays, panels.aimOf);
    slate.step(timeMs);
    for (let at = 0; at < frameListeners.length; at += 1) frameListeners[at]?.(xrFrame, timeMs);
  }

  function dispose(): void {
    if (disposed) return;
    disposed = true;
    for (const listener of [...endListeners]) listener();
    endListeners.clear();
    running?.stopTools();
    frameListeners.length = 0;
    running?.input.dispose();
    running?.visuals.dispose();
    running = null;
    slate.dispose();
    panels.dispose();
  }

  return {
    panels,
    slate,
    start,
    frame,
    spaceChanged: (spaceEpoch) => {
      epoch.value = spaceEpoch;
    },
    leave: async () => running?.xr.leave(),
    dispose,
  };
}
