import { SOFTWARE_RENDERING, startEmulator } from '../../../src/emulator/index.ts';
import { createEngine, createRoomScene } from '../../../src/headset/scene/scene.ts';
import { createXrEntrance } from '../../../src/headset/xr/session.ts';

/** The product's own scene and session with nothing in them: what a frame costs before there is anything to see. */
const canvas = document.querySelector('canvas');
const button = document.querySelector('button');
if (canvas === null || button === null) throw new Error('this page lacks its canvas or button');

await startEmulator({ ...SOFTWARE_RENDERING, controls: false });
const entrance = createXrEntrance(createRoomScene(createEngine(canvas)), canvas);
const nothing = (): void => undefined;
button.addEventListener('click', () => {
  const listeners = { frame: nothing, spaceChanged: nothing, ended: nothing };
  void entrance.enter({ mode: 'immersive-ar', poseSink: { push: nothing }, listeners });
});
button.disabled = false;
