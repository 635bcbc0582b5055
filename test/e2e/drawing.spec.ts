import { expect, test } from '@playwright/test';
import { fromAnchorLocal } from '../../src/domain/annotation/anchoring.ts';
import type { SpaceGeometry } from '../../src/domain/annotation/geometry.ts';
import type { Vec3 } from '../../src/domain/registration/pose.ts';
import { transformPoint } from '../../src/domain/registration/transform.ts';
import { type Actor, expectNoProblems, openExpert, openTechnician } from './support/actors.ts';
import { freezePicture, markLandmark, meetInRoom, press, visibleIds } from './support/call.ts';
import { clickPicture, reportedTips, shownFrame } from './support/desk.ts';
import { aimAlong, displayFrames, emulator } from './support/hand.ts';
import { type RunningHub, startHub } from './support/hub.ts';
import { landmarkOf, placesInRoom, spaceOriginOf, trueImagePoint } from './support/room.ts';

const MEETING = 'Pump 4: seal replacement';
const MAX_ERROR_MM = 20;
/** As shares of the picture: 0.7 degrees of a camera that sees about 65. */
const MAX_OVERLAY_ERROR = 0.011;

let hub: RunningHub;
let technician: Actor;
let expert: Actor;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async ({ browser }) => {
  hub = await startHub();
  technician = await openTechnician(browser, hub.origin);
  expert = await openExpert(browser, hub.origin);
  await meetInRoom(technician, expert, MEETING);
});

test.afterAll(async () => {
  await technician?.context.close();
  await expert?.context.close();
  await hub?.dispose();
});

const annotations = () => expert.page.getByRole('list', { name: 'Annotations' }).getByRole('listitem');
const distanceMm = (a: Vec3, b: Vec3): number => 1000 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** The newest annotation, as the expert's page knows it, in the room's own frame. */
async function newestInRoom(): Promise<{ readonly geometry: SpaceGeometry; toRoom(point: Vec3): Vec3 }> {
  const origin = await spaceOriginOf(technician.page);
  const state = expert.socket.call();
  const annotation = state?.annotations[visibleIds(expert).at(-1) ?? ''];
  const anchor = state?.anchors[annotation?.anchorId ?? ''];
  if (annotation === undefined || anchor === undefined) throw new Error('nothing is drawn');
  return {
    geometry: fromAnchorLocal(annotation.geometry, anchor.pose),
    toRoom: (point) => transformPoint(origin, point),
  };
}

/** How far the place of an annotation is from a landmark, mm. */
async function errorMm(annotationId: string, landmark: string): Promise<number> {
  const state = expert.socket.call();
  const places = state === null ? null : placesInRoom(state, await spaceOriginOf(technician.page));
  const place = places?.get(annotationId);
  if (place === undefined) return Number.POSITIVE_INFINITY;
  return distanceMm(place, await landmarkOf(technician.page, landmark));
}

/** Waits until the overlay draws an annotation where the landmark is in that very frame. */
async function expectOverlayOn(annotationId: string, landmark: string): Promise<void> {
  await expect
    .poll(async () => {
      const report = await reportedTips(expert.page);
      const tip = report?.tips[annotationId];
      if (report === null || tip === undefined) return Number.POSITIVE_INFINITY;
      const truth = await trueImagePoint(technician.page, landmark, report.captureTimeMs);
      return truth === null ? Number.POSITIVE_INFINITY : Math.hypot(tip[0] - truth[0], tip[1] - truth[1]);
    })
    .toBeLessThan(MAX_OVERLAY_ERROR);
}

test('an Arrow that the technician sets with the ray stands on the thing, for both', async () => {
  const { page } = technician;
  await emulator(page, 'lookAt', 'gauge');
  await emulator(page, 'aimHand', 'gauge');
  await press(technician, 'Arrow');
  await displayFrames(page, 30);
  await emulator(page, 'selectStart');
  await displayFrames(page, 6);
  await emulator(page, 'selectEnd');
  await expect(annotations()).toHaveText([/^Red arrow by Dana Okafor.*In place$/]);
  const [id = ''] = visibleIds(expert);
  const error = await errorMm(id, 'gauge');
  console.log(`arrow by ray: ${error.toFixed(1)} mm`);
  expect(error).toBeLessThan(MAX_ERROR_MM);
  await expectOverlayOn(id, 'gauge');
});

test('Ink follows the ray along the surface', async () => {
  const { page } = technician;
  const [x, y, z] = await landmarkOf(page, 'nameplate');
  const [from, to]: [Vec3, Vec3] = [
    [x - 0.08, y, z],
    [x + 0.08, y, z],
  ];
  await emulator(page, 'lookAt', 'nameplate');
  await press(technician, 'Ink');
  await press(technician, /^Colors/);
  await technician.page.getByRole('radio', { name: 'Green' }).dispatchEvent('click');
  await emulator(page, 'aimHand', from);
  await displayFrames(page, 30);
  await aimAlong(page, { from, to, frames: 24 });
  await expect(annotations()).toHaveText([/^Red arrow/, /^Green ink by Dana Okafor.*In place$/]);
  const { geometry, toRoom } = await newestInRoom();
  if (geometry.kind !== 'stroke') throw new Error(`a ${geometry.kind} instead of a stroke`);
  const points = geometry.points.map(toRoom);
  const errorsMm = [
    distanceMm(points[0] ?? [0, 0, 0], from),
    distanceMm(points.at(-1) ?? [0, 0, 0], to),
    ...points.map((point) => 1000 * Math.hypot(point[1] - y, point[2] - z)),
  ];
  console.log(`ink by ray: at most ${Math.max(...errorsMm).toFixed(1)} mm off in ${points.length} points`);
  expect(Math.max(...errorsMm)).toBeLessThan(MAX_ERROR_MM);
  // The tool is laid down: the next press draws nothing.
  await press(technician, 'Ink');
});

test('while the headset has lost its place nobody can draw, both are told why, and it comes back', async () => {
  const why = 'Dana Okafor’s headset lost its place. Ask to look around slowly.';
  await emulator(technician.page, 'loseTracking');
  await expect(expert.page.getByText(why)).toBeVisible();
  await expect(technician.page.getByText('The headset lost its place. Look around slowly.')).toBeAttached();
  for (const name of ['Start editing', 'Arrow', 'Ink']) {
    const tool = expert.page.getByRole('button', { name, exact: true });
    await expect(tool).toBeDisabled();
    await expect(tool).toHaveAccessibleDescription(why);
  }
  await expect(annotations()).toHaveCount(2);
  await emulator(technician.page, 'restoreTracking');
  await expect(expert.page.getByText(why)).toBeHidden();
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
  await expect(technician.page.getByText('The headset lost its place. Look around slowly.')).toHaveCount(0);
});

test('when the system re-centres, drawings stay in their places and a picture from before is refused', async () => {
  const [arrow = ''] = visibleIds(expert);
  const before = await spaceOriginOf(technician.page);
  await emulator(technician.page, 'lookAt', 'gauge');
  await freezePicture(expert.page);
  const frozen = await shownFrame(expert.page);
  await emulator(technician.page, 'setHeadPose', { position: [0.35, 1.6, 0.3], orientation: [0, 0.13, 0, 0.99] });
  await emulator(technician.page, 'resetSpace');
  const after = await spaceOriginOf(technician.page);
  expect(distanceMm(before.position, after.position)).toBeGreaterThan(200);
  await emulator(technician.page, 'lookAt', 'gauge');
  await expect.poll(() => errorMm(arrow, 'gauge')).toBeLessThan(MAX_ERROR_MM);
  expect(await shownFrame(expert.page)).toEqual(frozen);
  await expert.page.getByRole('button', { name: 'Arrow', exact: true }).click();
  await clickPicture(expert.page, [0.5, 0.5]);
  await expect(
    expert.page.getByRole('status').getByText('The headset found its place anew. Freeze a new picture.'),
  ).toBeVisible();
  await expect(annotations()).toHaveCount(2);
  await expert.page.getByRole('button', { name: 'Stop editing' }).click();
  await expectOverlayOn(arrow, 'gauge');
  await expect(annotations()).toHaveText([/In place$/, /In place$/]);
});

test('a new picture takes marks again', async () => {
  await markLandmark({ technician, expert, landmark: 'gauge' });
  await expect(annotations()).toHaveText([/In place$/, /In place$/, /^Blue arrow by you.*In place$/]);
  expect(await errorMm(visibleIds(expert).at(-1) ?? '', 'gauge')).toBeLessThan(MAX_ERROR_MM);
});

test('a camera that is not allowed leaves the call with audio, and both sides say so', async () => {
  const headset = technician.page;
  await press(technician, 'End Call');
  await expect(headset.getByRole('heading', { name: 'Recent Contacts' })).toBeAttached();
  await emulator(headset, 'setCameraAccess', 'denied');
  await press(technician, `Join Meeting: ${MEETING}`);
  await press(technician, 'With video');
  await expect(headset.getByText('The browser does not allow the camera. The call goes on with audio.')).toBeAttached();
  await expect(headset.getByText('Camera live')).toHaveCount(0);
  const stage = expert.page.getByRole('region', { name: 'Stage' });
  await expect(stage.getByText('Dana Okafor’s video is off.')).toBeVisible();
  await expect(stage.getByText('Dana Okafor’s browser does not allow the camera.')).toBeVisible();
  expect(expert.socket.call()?.participants).toMatchObject(
    Object.fromEntries(
      Object.values(technician.socket.call()?.participants ?? {})
        .filter(({ name }) => name === 'Dana Okafor')
        .map(({ person }) => [person, { state: 'joined', media: { audio: true, video: 'off', problem: 'denied' } }]),
    ),
  );
  await emulator(headset, 'setCameraAccess', 'granted');
  await press(technician, 'Start Video');
  await expect(headset.getByText('Camera live').first()).toBeAttached();
  await expect(expert.page.getByRole('button', { name: 'Start editing' })).toBeEnabled();
});

test('nothing went wrong on any page', () => {
  expectNoProblems(technician, expert);
});
