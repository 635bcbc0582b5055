import { P_SESSION, type XRSession } from 'iwer';

/** Frames that come this much too early for the rate still count as on time. */
const EARLY_MS = 3;

/** Gives a session fewer frames than the page has, where drawing each of them costs too much. */
export function limitFrameRate(session: XRSession, framesPerSecond: number): void {
  const inner = session[P_SESSION];
  const nativeOnDeviceFrame = inner.onDeviceFrame;
  let shownMs = Number.NEGATIVE_INFINITY;
  inner.onDeviceFrame = () => {
    const now = performance.now();
    if (now - shownMs < 1000 / framesPerSecond - EARLY_MS) {
      inner.deviceFrameHandle = requestAnimationFrame(inner.onDeviceFrame);
      return;
    }
    shownMs = now;
    nativeOnDeviceFrame();
  };
}
