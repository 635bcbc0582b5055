import type { PoseFeed } from '../../../src/client/media/pose-feed.ts';
import { fromAxisAngle } from '../../../src/domain/registration/quat.ts';
import { drawBarcode } from './barcode.ts';

/** A head that turns left and right, at most 126 degrees a second, and walks; a function of time alone. */
const SWING_RAD = (40 * Math.PI) / 180;
const SWINGS_PER_S = 0.5;

export function yawAt(timeMs: number): number {
  return SWING_RAD * Math.sin(2 * Math.PI * SWINGS_PER_S * (timeMs / 1000));
}

export interface NumberedCamera {
  readonly track: MediaStreamTrack;
  /** When the frame with this number was taken, on the page's clock, ms. */
  takenAtMs(number: number): number | null;
  stop(): void;
}

interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}
declare const MediaStreamTrackGenerator: new (init: { kind: 'video' }) => TrackGenerator;

/** A camera whose frames show their number. */
export function startNumberedCamera(widthPx: number, heightPx: number, fps: number): NumberedCamera {
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const takenAtMs = new Map<number, number>();
  let number = 0;
  const timer = setInterval(() => {
    number = (number + 1) % 65_536;
    const nowMs = performance.now();
    context.fillStyle = `hsl(${number % 360} 60% 50%)`;
    context.fillRect(0, 0, widthPx, heightPx);
    drawBarcode(context, number);
    const timestamp = Math.round(nowMs * 1000);
    takenAtMs.set(number, timestamp / 1000);
    const frame = new VideoFrame(canvas, { timestamp });
    writer.write(frame).catch(() => frame.close());
  }, 1000 / fps);
  return {
    track,
    takenAtMs: (wanted) => takenAtMs.get(wanted) ?? null,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** Feeds poses as an XR session does, once per display frame. Returns the clean-up. */
export function startHead(feed: PoseFeed): () => void {
  let handle = 0;
  const next = (): void => {
    const nowMs = performance.now();
    const [x, y, z, w] = fromAxisAngle([0, 1, 0], yawAt(nowMs));
    feed.push(nowMs, nowMs / 10_000, 1.6, 0, x, y, z, w, true, 3);
    handle = requestAnimationFrame(next);
  };
  handle = requestAnimationFrame(next);
  return () => cancelAnimationFrame(handle);
}
