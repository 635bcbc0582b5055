import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { documentedHoloLens2Profile, project } from '../../../src/domain/registration/camera.ts';
import { angleBetween } from '../../../src/domain/registration/quat.ts';
import { IDENTITY_POSE } from '../../../src/domain/registration/transform.ts';
import { length } from '../../../src/domain/registration/vec3.ts';
import { createCameraSource } from '../../../src/emulator/camera/camera-source.ts';
import { pickMode } from '../../../src/emulator/camera/modes.ts';
import { trueCameraProfile } from '../../../src/emulator/camera/true-profile.ts';
import { createCameraTruth } from '../../../src/emulator/camera/truth.ts';
import { createHeadMotion } from '../../../src/emulator/motion/head-motion.ts';
import { projectionMatrix } from '../../../src/emulator/render/projection.ts';
import { WORKSHOP } from '../../../src/emulator/room/workshop/workshop.ts';

const LIMIT = { width: 1280, height: 720, framesPerSecond: 30 };

describe("the camera's modes", () => {
  it('give the limit when nothing is asked for, and never more', () => {
    expect(pickMode({}, LIMIT)).toEqual(LIMIT);
    expect(pickMode({ width: { ideal: 1920 }, frameRate: 60 }, LIMIT)).toEqual(LIMIT);
  });

  it('give the nearest size of the device, and the rate asked for', () => {
    const mode = pickMode({ width: 700, frameRate: { max: 15 } }, LIMIT);
    expect(mode).toEqual({ width: 640, height: 360, framesPerSecond: 15 });
    expect(pickMode({ height: { ideal: 540 } }, LIMIT).width).toBe(960);
  });
});

describe("the camera's true profile", () => {
  const profile = trueCameraProfile();

  it('is off from the eyes by centimetres and degrees, and from the documented field of view', () => {
    const offM = length(profile.eyeToCamera.position);
    const offDeg = (angleBetween(profile.eyeToCamera.orientation, [0, 0, 0, 1]) * 180) / Math.PI;
    expect(offM).toBeGreaterThan(0.03);
    expect(offM).toBeLessThan(0.12);
    expect(offDeg).toBeGreaterThan(2);
    expect(offDeg).toBeLessThan(3);
    const documented = documentedHoloLens2Profile().intrinsics;
    expect(Math.abs(profile.intrinsics.focalX - documented.focalX)).toBeGreaterThan(0.01);
    expect(profile.intrinsics.principalX).not.toBe(0.5);
  });

  it('has square pixels in a picture of 16:9', () => {
    expect(profile.intrinsics.focalY / profile.intrinsics.focalX).toBeCloseTo(16 / 9, 12);
  });

  it('is what the picture is drawn with: the projection puts points where the profile says', () => {
    const m = projectionMatrix(profile.intrinsics);
    const column = (i: number, row: number) => m[i * 4 + row] ?? 0;
    const [x, y, z] = [0.3, -0.2, -1.7];
    const clip = [0, 1, 2, 3].map(
      (row) => column(0, row) * x + column(1, row) * y + column(2, row) * z + column(3, row),
    );
    const [cx = 0, cy = 0, , w = 1] = clip;
    const seen = project([x, y, z], IDENTITY_POSE, { ...profile, eyeToCamera: IDENTITY_POSE });
    expect(seen).toMatchObject({ kind: 'image' });
    if (seen.kind !== 'image') return;
    expect((cx / w + 1) / 2).toBeCloseTo(seen.u, 9);
    expect((1 - cy / w) / 2).toBeCloseTo(seen.v, 9);
  });
});

describe("the camera's truth", () => {
  const truth = createCameraTruth(trueCameraProfile());

  it('remembers frames by their time, and forgets the oldest', () => {
    for (let i = 0; i < 400; i++) truth.record(i * 33.333, WORKSHOP.start);
    expect(truth.frameAt(399 * 33.333 + 0.2)?.timestampMs).toBeCloseTo(399 * 33.333, 6);
    expect(truth.frameAt(399 * 33.333 + 5)).toBeNull();
    expect(truth.frameAt(0)).toBeNull();
    expect(truth.frames().length).toBeLessThan(400);
    expect(truth.project([0, 1.5, -1], 0)).toBeNull();
  });

  it('projects by the pose of the frame asked for', () => {
    const gauge = WORKSHOP.landmarks.find((mark) => mark.name === 'gauge')?.position ?? [0, 0, 0];
    truth.record(50_000, WORKSHOP.start);
    truth.record(50_033, { ...WORKSHOP.start, position: [0.5, 1.65, 0] });
    const first = truth.project(gauge, 50_000);
    const second = truth.project(gauge, 50_033);
    expect(first?.kind === 'image' && second?.kind === 'image' && first.u > second.u + 0.1).toBe(true);
  });
});

describe('the camera', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('MediaStreamTrackGenerator', FakeGenerator);
    vi.stubGlobal('VideoFrame', FakeFrame);
    FakeGenerator.made = [];
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const setUp = (drawMs = 0) => {
    const motion = createHeadMotion(WORKSHOP.start);
    motion.begin({ velocity: [1, 0, 0], moveMs: 1e6 }, 0);
    const truth = createCameraTruth(trueCameraProfile());
    const source = createCameraSource({
      headPoseAt: motion.poseAt,
      truth,
      now: () => Date.now(),
      draw: async ({ position }, { width, height }) => {
        if (drawMs > 0) await new Promise((resolve) => setTimeout(resolve, drawMs));
        const rows = new Uint8Array(width * height * 4);
        new DataView(rows.buffer).setFloat64(0, position[0]);
        return rows;
      },
    });
    vi.setSystemTime(0);
    return { source, truth, motion };
  };
  const MODE = { width: 64, height: 36, framesPerSecond: 20 };

  it('draws at its rate, each frame with the pose of the very time on it', async () => {
    const { source, truth } = setUp();
    source.open(MODE);
    await vi.advanceTimersByTimeAsync(1000);
    const frames = FakeGenerator.made[0]?.frames ?? [];
    expect(frames.length).toBeGreaterThanOrEqual(20);
    expect(frames.length).toBeLessThanOrEqual(21);
    for (const frame of frames) {
      expect(frame.drawnAtX).toBeCloseTo(frame.timestamp / 1e6, 9);
      expect(truth.frameAt(frame.timestamp / 1000)?.viewerPose.position[0]).toBeCloseTo(frame.drawnAtX, 9);
    }
  });

  it('leaves frames out when drawing is slow, and leaves the page as much time between them', async () => {
    const { source } = setUp(100);
    source.open(MODE);
    await vi.advanceTimersByTimeAsync(2600);
    const count = FakeGenerator.made[0]?.frames.length ?? 0;
    expect(count).toBeGreaterThanOrEqual(12);
    expect(count).toBeLessThanOrEqual(13);
  });

  it('changes its size on request, and stops with its last track', async () => {
    const { source } = setUp();
    const first = source.open(MODE);
    const second = source.open(MODE);
    await vi.advanceTimersByTimeAsync(100);
    first.setMode({ width: 32, height: 18, framesPerSecond: 20 });
    await vi.advanceTimersByTimeAsync(100);
    expect(FakeGenerator.made[1]?.frames.at(-1)?.codedWidth).toBe(32);
    first.stop();
    second.stop();
    const after = FakeGenerator.made[1]?.frames.length;
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeGenerator.made[1]?.frames.length).toBe(after);
    expect(vi.getTimerCount()).toBe(0);
  });
});

class FakeFrame {
  readonly timestamp: number;
  readonly codedWidth: number;
  readonly drawnAtX: number;
  constructor(rows: Uint8Array, init: { timestamp: number; codedWidth: number }) {
    this.timestamp = init.timestamp;
    this.codedWidth = init.codedWidth;
    this.drawnAtX = new DataView(rows.buffer).getFloat64(0);
  }
  close(): void {}
}

class FakeGenerator {
  static made: FakeGenerator[] = [];
  readonly frames: FakeFrame[] = [];
  readonly writable = new WritableStream<FakeFrame>({ write: (frame) => void this.frames.push(frame) });
  readyState = 'live';
  constructor() {
    FakeGenerator.made.push(this);
  }
  stop(): void {
    this.readyState = 'ended';
  }
}
