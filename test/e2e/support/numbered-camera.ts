import type { Locator, Page } from '@playwright/test';

/** A phone that is held upright. */
export const CAMERA = { widthPx: 720, heightPx: 1280 } as const;
const BITS = 10;

/** Before the page loads: its camera shows a room that moves, with the number of the frame written in blocks at the top. */
export async function installNumberedCamera(page: Page): Promise<void> {
  await page.addInitScript(
    ({ widthPx, heightPx, bits }) => {
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let frame = 0;

      function paint(context: CanvasRenderingContext2D): void {
        frame = (frame + 1) % 2 ** bits;
        const room = context.createLinearGradient(0, 0, 0, heightPx);
        room.addColorStop(0, '#6d5f52');
        room.addColorStop(1, '#2e2a27');
        context.fillStyle = room;
        context.fillRect(0, 0, widthPx, heightPx);
        context.fillStyle = '#8c8579';
        context.fillRect(120, 420, 480, 560);
        context.fillStyle = '#3a3a3a';
        context.fillRect((frame * 6) % widthPx, 1_080, 90, 90);
        const side = widthPx / bits;
        for (let bit = 0; bit < bits; bit += 1) {
          context.fillStyle = (frame >> bit) & 1 ? '#ffffff' : '#000000';
          context.fillRect(bit * side, 200, side, 100);
        }
      }

      function film(): MediaStreamTrack {
        const canvas = document.createElement('canvas');
        canvas.width = widthPx;
        canvas.height = heightPx;
        // Painted without the browser's one process for graphics, which the pages need.
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (context === null) throw new Error('no canvas');
        paint(context);
        const timer = setInterval(() => paint(context), 50);
        const [track] = canvas.captureStream(20).getVideoTracks();
        if (track === undefined) throw new Error('no track');
        const stop = track.stop.bind(track);
        track.stop = () => {
          clearInterval(timer);
          stop();
        };
        return track;
      }

      navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
        const sound = wanted.audio ? (await real({ audio: wanted.audio })).getTracks() : [];
        return new MediaStream(wanted.video ? [...sound, film()] : sound);
      };
    },
    { ...CAMERA, bits: BITS },
  );
}

/** The number in the picture on a canvas or in a player. */
export const frameNumber = (shown: Locator): Promise<number> =>
  shown.evaluate((element, bits) => {
    const picture = element as HTMLCanvasElement | HTMLVideoElement;
    const copy = document.createElement('canvas');
    [copy.width, copy.height] =
      picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height];
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(picture, 0, 0);
    let number = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const [x, y] = [((bit + 0.5) / bits) * copy.width, (250 / 1_280) * copy.height];
      const [level = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
      if (level > 127) number += 2 ** bit;
    }
    return number;
  }, BITS);

type Point = readonly [u: number, v: number];

/**
 * The painted point of one colour that lies farthest in a direction, 0..1 of the canvas; null while nothing is painted in it. Of an
 * arrow, against its shaft's direction, that is the tip.
 */
export const farthestPainted = (canvas: Locator, colour: string, direction: Point): Promise<Point | null> =>
  canvas.evaluate(
    (element, [hex, [du, dv]]) => {
      const painted = element as HTMLCanvasElement;
      const { width, height } = painted;
      const pixels = width * height === 0 ? null : painted.getContext('2d')?.getImageData(0, 0, width, height).data;
      const wanted = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
      let best: { readonly away: number; readonly point: [number, number] } | null = null;
      for (let at = 0; at < (pixels?.length ?? 0); at += 4) {
        if ((pixels?.[at + 3] ?? 0) < 250) continue;
        if (wanted.some((level, channel) => Math.abs(level - (pixels?.[at + channel] ?? 0)) > 24)) continue;
        const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
        const away = x * du + y * dv;
        if (best === null || away > best.away) best = { away, point: [(x + 0.5) / width, (y + 0.5) / height] };
      }
      return best?.point ?? null;
    },
    [colour, direction] as const,
  );
