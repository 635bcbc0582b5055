import { lookRotation } from '../../../src/emulator/geometry/orient.ts';
import { frustumOfTangents } from '../../../src/emulator/render/projection.ts';
import { createRoomRenderer } from '../../../src/emulator/render/roomRenderer.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

const canvas = document.querySelector('canvas');
if (canvas === null) throw new Error('no canvas');
const t0 = performance.now();
const renderer = await createRoomRenderer({ room: WORKSHOP, canvas, quality: 'light' });
const startMs = performance.now() - t0;
const q = new URLSearchParams(location.search);
const [x = 0, y = 1.65, z = 0] = (q.get('eye') ?? '0,1.65,0').split(',').map(Number);
const [tx = 0, ty = 1.2, tz = -1.3] = (q.get('at') ?? '0,1.2,-1.3').split(',').map(Number);
const fov = Number(q.get('fov') ?? 66);
const tan = Math.tan((fov * Math.PI) / 360);
const pose = { position: [x, y, z], orientation: lookRotation([x, y, z], [tx, ty, tz]) } as const;
renderer.drawView(pose, frustumOfTangents(tan, (tan * canvas.height) / canvas.width));
const times: Record<string, number> = { startMs };
for (const [w, h] of [[64, 36], [640, 360], [1280, 720]] as const) {
  await renderer.drawPicture(pose, frustumOfTangents(tan, tan * h / w), { width: w, height: h });
  const t = performance.now();
  for (let i = 0; i < 20; i++) await renderer.drawPicture(pose, frustumOfTangents(tan, tan * h / w), { width: w, height: h });
  times[`${w}x${h}`] = (performance.now() - t) / 20;
}
renderer.drawView(pose, frustumOfTangents(tan, (tan * canvas.height) / canvas.width));
Object.assign(window, { done: times });
