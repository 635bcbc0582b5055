import { signal } from '@preact/signals-core';
import type { LinkQuality, LinkState, PeerLink } from '../../../src/client/types.ts';
import type { AnnotationGeometry, Placement } from '../../../src/domain/annotation/types.ts';
import type { PendingMark } from '../../../src/domain/call/state.ts';
import {
  type CameraProfile,
  documentedHoloLens2Profile,
  project,
  unproject,
} from '../../../src/domain/registration/camera.ts';
import type { FrameTag } from '../../../src/domain/registration/frame-tag.ts';
import type { Vec3, ViewerPose } from '../../../src/domain/registration/pose.ts';
import { fromAxisAngle, multiply } from '../../../src/domain/registration/quat.ts';
import { addScaled, subtract } from '../../../src/domain/registration/vec3.ts';

/** The wall that everything is on, metres in front of where the headset starts. */
const WALL_Z_M = -1.6;
/** Points of the wall that are drawn as crosses, so that an overlay that drifts is seen. */
export const LANDMARKS: Readonly<Record<string, Vec3>> = {
  valve: [-0.32, 0.08, WALL_Z_M],
  gauge: [0.3, 0.22, WALL_Z_M],
  pipe: [0.12, -0.26, WALL_Z_M],
};

export interface FakeHeadset {
  readonly profile: CameraProfile;
  readonly link: PeerLink;
  readonly state: { value: LinkState };
  /** Head movement: 0 stands still. */
  speed: number;
  /** Whether it knows where it is: only then its frames can be drawn on. */
  tracked: boolean;
  /** Where a mark lands on the wall. */
  place(mark: PendingMark): Placement;
  /** Where a point of the room stood in the frame of that capture time. */
  truth(point: Vec3, captureTimeMs: number): { readonly u: number; readonly v: number } | null;
  stop(): void;
}

declare const MediaStreamTrackGenerator: {
  new (init: { kind: 'video' }): MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
};

/** A head that looks about, and a camera whose frames carry exact time stamps. The picture is drawn from the same pose as the tag. */
export function createFakeHeadset(peer: string, size = { widthPx: 640, heightPx: 360 }): FakeHeadset {
  const profile = documentedHoloLens2Profile();
  const canvas = new OffscreenCanvas(size.widthPx, size.heightPx);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  const tags = new Map<number, FrameTag>();
  const state = signal<LinkState>('connected');
  let frameId = 0;
  let phase = 0;
  let last = performance.now();

  const poseAt = (t: number): ViewerPose => ({
    position: [0.05 * Math.sin(t * 0.7), 0.02 * Math.sin(t * 1.1), 0],
    orientation: multiply(
      fromAxisAngle([0, 1, 0], 0.22 * Math.sin(t)),
      fromAxisAngle([1, 0, 0], 0.08 * Math.sin(t * 0.8)),
    ),
  });

  const fake: FakeHeadset = {
    profile,
    state,
    speed: 1,
    tracked: true,
    link: {
      peer,
      state,
      quality: signal<LinkQuality>({
        level: 'good',
        roundTripMs: 38,
        lossRatio: 0.002,
        receivedKbps: 2140,
        sentKbps: 64,
        framesPerSecond: 30,
        frameWidthPx: size.widthPx,
        frameHeightPx: size.heightPx,
      }),
      remoteAudio: signal<MediaStream | null>(null),
      remoteVideo: signal<MediaStream | null>(new MediaStream([track])),
      poseTransport: signal('script-transform'),
      setLocalAudio: () => undefined,
      setLocalVideo: () => undefined,
      limitVideo: () => undefined,
      tagOfFrame: (metadata) => tags.get(Math.round(metadata.mediaTime * 1e6)) ?? null,
      dispose: () => undefined,
    },
    place: (mark) => placementOf(mark, [...tags.values()], profile),
    truth(point, captureTimeMs) {
      const tag = [...tags.values()].find((one) => one.captureTimeMs === captureTimeMs);
      const seen = tag === undefined ? null : project(point, tag.pose, profile);
      return seen?.kind === 'image' ? { u: seen.u, v: seen.v } : null;
    },
    stop: () => clearInterval(timer),
  };

  function frame(): void {
    const now = performance.now();
    phase += ((now - last) / 1000) * fake.speed;
    last = now;
    if (context === null) return;
    const pose = poseAt(phase);
    drawRoom(context, size, (point) => project(point, pose, profile));
    const timestamp = Math.round(now * 1000);
    frameId += 1;
    tags.set(timestamp, { frameId, captureTimeMs: timestamp / 1000, spaceEpoch: 1, tracked: fake.tracked, pose });
    if (tags.size > 600)
      for (const first of tags.keys()) {
        tags.delete(first);
        break;
      }
    void writer.write(new VideoFrame(canvas, { timestamp }));
  }
  const timer = setInterval(frame, 1000 / 15);
  return fake;
}

function placementOf({ frame, mark }: PendingMark, tags: readonly FrameTag[], profile: CameraProfile): Placement {
  const pose = tags.find((one) => one.frameId === frame.frameId)?.pose;
  const onWall = mark.points.map(([u, v]): Vec3 => {
    const ray = pose === undefined ? null : unproject(u, v, pose, profile);
    return ray === null
      ? [0, 0, WALL_Z_M]
      : addScaled(ray.origin, ray.direction, (WALL_Z_M - ray.origin[2]) / ray.direction[2]);
  });
  const origin = onWall[0] ?? [0, 0, WALL_Z_M];
  const local = onWall.map((point) => subtract(point, origin));
  const geometry: AnnotationGeometry =
    mark.shape === 'arrow'
      ? { kind: 'arrow', tip: [0, 0, 0], towardsTail: [0.5, -0.5, Math.SQRT1_2], lengthM: 0.2 }
      : {
          kind: 'stroke',
          points:
            local.length > 1
              ? local
              : [
                  [0, 0, 0],
                  [0.01, 0, 0],
                ],
          closed: false,
        };
  return {
    anchorId: crypto.randomUUID(),
    anchorKind: 'anchor',
    anchorPose: { position: origin, orientation: [0, 0, 0, 1] },
    spaceEpoch: 1,
    geometry,
    depthSource: 'plane',
    quality: 'good',
  };
}

type Seen = (point: Vec3) => ReturnType<typeof project>;
type Painter = OffscreenCanvasRenderingContext2D;

function drawRoom(context: Painter, { widthPx, heightPx }: { widthPx: number; heightPx: number }, seen: Seen): void {
  const gradient = context.createLinearGradient(0, 0, 0, heightPx);
  gradient.addColorStop(0, '#4d5a60');
  gradient.addColorStop(1, '#343d42');
  context.fillStyle = gradient;
  context.fillRect(0, 0, widthPx, heightPx);
  const at = (point: Vec3): [number, number] => {
    const p = seen(point);
    return p.kind === 'image' ? [p.u * widthPx, p.v * heightPx] : [-9999, -9999];
  };
  const line = (a: Vec3, b: Vec3, colour: string, width: number): void => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(...at(a));
    context.lineTo(...at(b));
    context.stroke();
  };
  for (let x = -2; x <= 2; x += 0.25) line([x, -1.2, WALL_Z_M], [x, 1.2, WALL_Z_M], '#5c6a71', 2);
  for (let y = -1.2; y <= 1.2; y += 0.25) line([-2, y, WALL_Z_M], [2, y, WALL_Z_M], '#5c6a71', 2);
  const ring = (centre: Vec3, radius: number, colour: string, width: number): void => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (let i = 0; i <= 40; i += 1) {
      const angle = (i / 40) * 2 * Math.PI;
      const p = at([centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle), centre[2]]);
      if (i === 0) context.moveTo(...p);
      else context.lineTo(...p);
    }
    context.stroke();
  };
  line([-1.4, -0.26, WALL_Z_M], [1.4, -0.26, WALL_Z_M], '#8d6f45', 46);
  line([0.12, -0.26, WALL_Z_M], [0.12, 0.5, WALL_Z_M], '#8d6f45', 40);
  for (const [name, point] of Object.entries(LANDMARKS)) {
    ring(point, name === 'valve' ? 0.14 : 0.09, name === 'valve' ? '#b14b3c' : '#c8cdd0', 14);
    line([point[0] - 0.03, point[1], point[2]], [point[0] + 0.03, point[1], point[2]], '#f4f6f7', 3);
    line([point[0], point[1] - 0.03, point[2]], [point[0], point[1] + 0.03, point[2]], '#f4f6f7', 3);
  }
}
