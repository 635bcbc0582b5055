import '@babylonjs/core/Lights/hemisphericLight.js';
import '@babylonjs/core/Materials/standardMaterial.js';
import { FreeCamera } from '@babylonjs/core/Cameras/freeCamera.js';
import { Engine } from '@babylonjs/core/Engines/engine.js';
import { HemisphericLight } from '@babylonjs/core/Lights/hemisphericLight.js';
import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js';
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color.js';
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js';
import { CreateSphere } from '@babylonjs/core/Meshes/Builders/sphereBuilder.js';
import { CreateTorus } from '@babylonjs/core/Meshes/Builders/torusBuilder.js';
import { Scene } from '@babylonjs/core/scene.js';
import { WebXRExperienceHelper } from '@babylonjs/core/XR/webXRExperienceHelper.js';
import { type EmulatorHandle, SOFTWARE_RENDERING, startEmulator } from '../../../src/emulator/index.ts';
import { createRoomRenderer } from '../../../src/emulator/render/room-renderer.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

/** What the hand-run check asks this page for. */
export interface SmokePage {
  readonly emulator: EmulatorHandle;
  enter(): Promise<void>;
  openCamera(): Promise<MediaStreamTrack>;
  /** The points in the session's space that the hand's ray hits in the next frame. */
  hitTest(): Promise<readonly [x: number, y: number, z: number][]>;
  /** Milliseconds to draw and read back one camera picture. */
  timePicture(width: number, height: number): Promise<number>;
  readonly selectEvents: string[];
  readonly frameTimes: number[];
}

declare global {
  interface Window {
    smoke?: SmokePage;
  }
}

const query = new URLSearchParams(location.search);
const fine = query.has('fine');
const planesOnly = query.has('planes');
const emulator = await startEmulator({
  ...(fine || query.has('pretty') ? {} : SOFTWARE_RENDERING),
  geometry: planesOnly ? 'planesOnly' : 'full',
});
const canvas = document.querySelector<HTMLCanvasElement>('#app');
const video = document.querySelector<HTMLVideoElement>('#camera');
if (canvas === null || video === null) throw new Error('The page has lost its elements.');

const engine = new Engine(canvas, true, { alpha: true });
const scene = new Scene(engine);
scene.useRightHandedSystem = true;
scene.clearColor = new Color4(0, 0, 0, 0);
new FreeCamera('page', new Vector3(0, 1.6, 0), scene);
new HemisphericLight('light', Vector3.Up(), scene);
const glow = new StandardMaterial('glow', scene);
glow.emissiveColor = new Color3(0.1, 0.75, 0.7);
glow.disableLighting = true;
for (const landmark of emulator.landmarks) {
  const ring = CreateTorus(landmark.name, { diameter: 0.09, thickness: 0.008, tessellation: 32 }, scene);
  ring.position.fromArray(landmark.position);
  ring.setDirection(Vector3.FromArray(landmark.normal), 0, Math.PI / 2);
  ring.material = glow;
}
const cursor = CreateSphere('cursor', { diameter: 0.02 }, scene);
cursor.material = glow;
engine.runRenderLoop(() => scene.render());

let session: XRSession | null = null;
const selectEvents: string[] = [];
const frameTimes: number[] = [];

window.smoke = {
  emulator,
  selectEvents,
  frameTimes,
  async enter() {
    const xr = await WebXRExperienceHelper.CreateAsync(scene);
    await xr.enterXRAsync('immersive-ar', 'local-floor', undefined, {
      optionalFeatures: ['local-floor', 'unbounded', 'hit-test', 'anchors', 'hand-tracking'],
    });
    session = xr.sessionManager.session;
    for (const type of ['selectstart', 'select', 'selectend'] as const) {
      session.addEventListener(type, () => selectEvents.push(type));
    }
    xr.sessionManager.onXRFrameObservable.add(() => frameTimes.push(performance.now()));
    await new Promise<void>((resolve) => xr.sessionManager.onXRFrameObservable.addOnce(() => resolve()));
  },
  async openCamera() {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    });
    video.srcObject = stream;
    await video.play();
    const [track] = stream.getVideoTracks();
    if (track === undefined) throw new Error('no video track');
    return track;
  },
  async timePicture(width, height) {
    const renderer = await createRoomRenderer({
      room: WORKSHOP,
      canvas: document.createElement('canvas'),
      quality: fine ? 'fine' : 'light',
    });
    const { intrinsics } = emulator.trueCameraProfile();
    await renderer.drawPicture(WORKSHOP.start, intrinsics, { width, height });
    const begun = performance.now();
    for (let i = 0; i < 20; i++) await renderer.drawPicture(WORKSHOP.start, intrinsics, { width, height });
    const pictureMs = (performance.now() - begun) / 20;
    renderer.dispose();
    return pictureMs;
  },
  async hitTest() {
    const xr = session;
    const hand = xr?.inputSources[0];
    const source = hand && (await xr?.requestHitTestSource?.({ space: hand.targetRaySpace }));
    const space = await xr?.requestReferenceSpace('local-floor');
    if (!xr || !source || !space) throw new Error('no hit-test');
    // The first frame only learns of the source.
    await new Promise((resolve) => xr.requestAnimationFrame(resolve));
    return new Promise((resolve) => {
      xr.requestAnimationFrame((_, frame) => {
        const poses = frame.getHitTestResults(source).map((result) => result.getPose(space)?.transform.position);
        source.cancel();
        resolve(poses.flatMap((point) => (point === undefined ? [] : [[point.x, point.y, point.z]])));
      });
    });
  },
};
